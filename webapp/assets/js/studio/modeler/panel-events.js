// Events: the message, signal or error by its name, and the date that a timer waits for.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { checkField, selectField, textField } from "./panel-entries.js";
import { say } from "./words.js";

const NEW = "\u0000new";
const KINDS = {
  "bpmn:MessageEventDefinition": { type: "bpmn:Message", reference: "messageRef", prefix: "message_", list: "messages", words: () => say("消息", "Message") },
  "bpmn:SignalEventDefinition": { type: "bpmn:Signal", reference: "signalRef", prefix: "signal_", list: "signals", words: () => say("信号", "Signal") },
};
const DUE = /^due\(\s*"([^"]*)"\s*\)$/;
const CYCLE = /^"R\d{0,2}\/P[^"]+"$/;
const NAME = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/;

export function eventGroup(element, context) {
  const definition = element.businessObject.get?.("eventDefinitions")?.[0];
  if (!is(element, "bpmn:Event") || !definition) {
    return null;
  }
  const kind = KINDS[definition.$type];
  const entries = [
    ...(kind ? named(element, definition, kind, context) : []),
    ...(is(definition, "bpmn:TimerEventDefinition") ? timer(element, definition, context) : []),
    ...(is(definition, "bpmn:ErrorEventDefinition") ? [error(element, definition, context)] : []),
    ...(is(element, "bpmn:BoundaryEvent") && !is(definition, "bpmn:ErrorEventDefinition") ? [interrupting(element, context)] : []),
  ];
  return { id: "event", label: say("事件", "Event"), entries };
}

function interrupting(element, { modeling, locked: disabled }) {
  return checkField({
    id: "interrupting",
    label: say("发生时终止所附的步骤", "Ends the step that it hangs on"),
    disabled,
    get: () => element.businessObject.get("cancelActivity") !== false,
    set: (_, value) => modeling.updateProperties(element, { cancelActivity: Boolean(value) }),
  });
}

const definitionsOf = (element) => {
  let one = element.businessObject;
  while (one.$parent) {
    one = one.$parent;
  }
  return one;
};

// Refers to a root element of a name, which is made where there is none; one command to undo.
export function refer(element, definition, { type, reference, prefix }, attributes, { bpmnFactory, commandStack }) {
  const root = definitionsOf(element);
  const [key, value] = Object.entries(attributes)[0];
  const known = root.get("rootElements").find((one) => is(one, type) && one.get(key) === value);
  const commands = [];
  let target = known;
  if (!known && value) {
    const id = prefix + value.replace(/\W+/g, "_");
    const taken = root.get("rootElements").some((one) => one.id === id);
    target = bpmnFactory.create(type, { ...attributes, ...(!taken && { id }) });
    target.$parent = root;
    const elements = root.get("rootElements");
    const at = elements.findIndex((one) => is(one, "bpmn:Process"));
    const rootElements = [...elements.slice(0, at), target, ...elements.slice(at)];
    commands.push({ cmd: "element.updateModdleProperties", context: { element, moddleElement: root, properties: { rootElements } } });
  }
  commands.push({ cmd: "element.updateModdleProperties", context: { element, moddleElement: definition, properties: { [reference]: target } } });
  commandStack.execute("properties-panel.multi-command-executor", commands);
}

const asked = new Map();

function named(element, definition, kind, context) {
  const { vocabulary, locked: disabled } = context;
  const name = () => definition.get(kind.reference)?.name || "";
  const set = (_, value) => refer(element, definition, kind, { name: value }, context);
  const choices = () => {
    const own = definitionsOf(element).get("rootElements").filter((one) => is(one, kind.type)).map((one) => one.name);
    const every = [...new Set([...own, ...vocabulary()[kind.list]])].filter(Boolean).sort();
    return [...every.map((one) => ({ value: one, label: one })), { value: NEW, label: say("新名称…", "A new name…") }];
  };
  const isNew = asked.get(element.id) && !name();
  const chosen = selectField({
    id: "event-name",
    label: kind.words(),
    disabled,
    choices,
    get: () => (isNew ? NEW : name()),
    set: (to, value) => {
      asked.set(element.id, value === NEW);
      set(to, value === NEW ? "" : value);
    },
  });
  const written = textField({
    id: "event-new-name",
    label: say("新名称", "New name"),
    disabled,
    get: name,
    validate: (value) => (!value || NAME.test(value) ? null : say("小写字母、数字、_ 和点，如 case.done", "Small letters, digits, _ and dots, such as case.done")),
    set,
  });
  return isNew ? [chosen, written] : [chosen];
}

function error(element, definition, context) {
  return textField({
    id: "error-code",
    label: say("错误代码", "Error code"),
    description: is(element, "bpmn:BoundaryEvent") ? say("不写则接住全部错误", "Empty: catches every error") : "",
    disabled: context.locked,
    get: () => definition.get("errorRef")?.errorCode || "",
    set: (_, value) => refer(element, definition, { type: "bpmn:Error", reference: "errorRef", prefix: "error_" }, { errorCode: value, name: value }, context),
  });
}

function setTimer(element, definition, name, body, { bpmnFactory, modeling }) {
  const made = body ? bpmnFactory.create("bpmn:FormalExpression", { body }) : undefined;
  if (made) {
    made.$parent = definition;
  }
  const properties = { timeDate: undefined, timeDuration: undefined, timeCycle: undefined, [name]: made };
  modeling.updateModdleProperties(element, definition, properties);
}

function timer(element, definition, context) {
  const { vocabulary, locked: disabled } = context;
  const cycle = definition.get("timeCycle");
  const name = cycle ? "timeCycle" : "timeDate";
  const body = () => (definition.get("timeCycle") || definition.get("timeDate") || definition.get("timeDuration"))?.get("body") || "";
  const due = () => DUE.exec(body().trim())?.[1] ?? "";
  const canRepeat = is(element, "bpmn:BoundaryEvent") && element.businessObject.get("cancelActivity") === false;
  const counted = Boolean(cycle) && !due();
  const entries = [
    selectField({
      id: "due",
      label: say("等到日期 due(…)", "Waits until due(…)"),
      disabled,
      choices: () => vocabulary().due_names.map(({ id, name: words }) => ({ value: id, label: words === id ? id : `${words} · ${id}` })),
      required: !counted,
      get: due,
      set: (_, value) => setTimer(element, definition, name, value && `due("${value}")`, context),
    }),
  ];
  if (canRepeat || cycle) {
    entries.push(
      checkField({
        id: "repeats",
        label: say("重复提醒", "Reminds again"),
        disabled,
        get: () => Boolean(definition.get("timeCycle")),
        set: (_, value) => setTimer(element, definition, value ? "timeCycle" : "timeDate", value && !due() ? '"R3/P1D"' : body(), context),
      }),
    );
  }
  if (counted) {
    entries.push(
      textField({
        id: "cycle",
        label: say("次数与间隔", "How often"),
        description: say('"R3/P1D" 隔一日共三次；"R/PT12H" 每12小时', '"R3/P1D": three times, a day apart; "R/PT12H": every 12 hours'),
        disabled,
        get: body,
        validate: (value) => (CYCLE.test(value) ? null : say('写成 "R3/P1D"，连引号', 'Write "R3/P1D" with its quotes')),
        set: (_, value) => setTimer(element, definition, "timeCycle", value, context),
      }),
    );
  }
  return entries;
}
