// Name in Chinese, name in English (the first line of the documentation), what else is noted, id.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { documented, nameFault, nameIn, notesIn } from "./documented.js";
import { textField } from "./panel-entries.js";
import { say } from "./words.js";

const UNNAMED = ["bpmn:TextAnnotation", "bpmn:Association", "bpmn:Collaboration"];
const ID = /^[A-Za-z][A-Za-z0-9_-]{0,99}$/;

function documentation(businessObject) {
  return businessObject.get("documentation")?.[0]?.text || "";
}

function write(element, businessObject, text, { modeling, bpmnFactory }) {
  const made = text ? [bpmnFactory.create("bpmn:Documentation", { text })] : [];
  made.forEach((one) => Object.assign(one, { $parent: businessObject }));
  modeling.updateModdleProperties(element, businessObject, { documentation: made });
}

function checkId(value, businessObject, moddle) {
  if (!ID.test(value)) {
    return say("字母开头，只含字母、数字、_ 和 -", "A letter first; letters, digits, _ and -");
  }
  const taken = moddle.ids.assigned(value);
  return taken && taken !== businessObject ? say("编号已被使用", "This id is used already") : null;
}

// A pool stands for its process: name and documentation are the process's own.
export function generalGroup(element, context) {
  const { modeling, moddle, renaming, locked: disabled } = context;
  const shown = element.businessObject;
  if (UNNAMED.some((type) => is(element, type))) {
    return null;
  }
  const told = (is(element, "bpmn:Participant") && shown.get("processRef")) || shown;
  const words = () => documentation(told);
  const entries = [
    textField({
      id: "name",
      label: say("名称（中文）", "Name in Chinese"),
      disabled,
      get: () => shown.get("name") || "",
      set: (_, value) => modeling.updateProperties(element, { name: value || undefined }),
    }),
    textField({
      id: "name-en",
      label: say("英文名", "Name in English"),
      disabled,
      get: () => nameIn(words()),
      validate: (value) => nameFault(value, notesIn(words())),
      set: (_, value) => write(element, told, documented(value, notesIn(words())), context),
    }),
    textField({
      id: "notes",
      label: say("说明", "Notes"),
      rows: 2,
      disabled: disabled || !nameIn(words()),
      description: disabled || nameIn(words()) ? "" : say("先写英文名", "Name it in English first"),
      get: () => notesIn(words()),
      set: (_, value) => write(element, told, documented(nameIn(words()), value), context),
    }),
    textField({
      id: "id",
      label: say("编号", "Id"),
      disabled: disabled || shown === told && is(element, "bpmn:Process"),
      get: () => shown.get("id"),
      validate: (value) => checkId(value, shown, moddle),
      set: (_, value) => renaming.change(element, value),
    }),
  ];
  const isFlow = is(element, "bpmn:SequenceFlow");
  return { id: "general", label: say("概要", "General"), shouldOpen: !isFlow, entries: isFlow ? [entries[0], entries[3]] : entries };
}
