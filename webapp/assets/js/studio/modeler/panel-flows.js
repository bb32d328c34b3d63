// Flows: the condition of one that leaves a deciding gateway, or that it is the default.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { checkField, conditionEntry, noteEntry } from "./panel-entries.js";
import { say } from "./words.js";

const decides = (source) => is(source, "bpmn:ExclusiveGateway") || is(source, "bpmn:InclusiveGateway");

export function flowGroup(element, context) {
  const flow = element.businessObject;
  const source = flow.sourceRef;
  const conditioned = flow.get?.("conditionExpression");
  if (!is(element, "bpmn:SequenceFlow") || (!decides(source) && !conditioned) || (!conditioned && source.get("outgoing").length < 2)) {
    return null;
  }
  const isDefault = () => source.get("default") === flow;
  const { modeling, bpmnFactory, locked: disabled } = context;
  const setCondition = (_, body) => {
    const made = body.trim() ? bpmnFactory.create("bpmn:FormalExpression", { body: body.trim() }) : undefined;
    if (made) {
      made.$parent = flow;
    }
    modeling.updateProperties(element, { conditionExpression: made });
  };
  const chosen = checkField({
    id: "default",
    label: say("默认走这条连线（其他条件都不成立时）", "Taken where no other condition holds"),
    disabled,
    get: isDefault,
    set: (_, value) => modeling.updateProperties(element.source, { default: value ? flow : undefined }),
  });
  const condition = conditionEntry({
    id: "condition",
    label: say("条件", "Condition"),
    disabled,
    get: () => flow.get("conditionExpression")?.get("body") || "",
    set: setCondition,
    vocabulary: context.vocabulary,
    ask: context.ask,
  });
  const note = noteEntry({ id: "default-note", text: say("默认连线不带条件。", "A default has no condition.") });
  return { id: "flow", label: say("条件", "Condition"), entries: [chosen, isDefault() && !conditioned ? note : condition] };
}
