// Events: the message, signal or error by its name, and the date that a timer waits for.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { checkField, selectField, textField } from "./panel-entries.js";
import { refer } from "./roots.js";
import { say } from "./words.js";

const NEW = "\u0000new";
const KINDS = {
  "bpmn:MessageEventDefinition": { type: "bpmn:Message", reference: "messageRef", prefix: "message_", list: "messages", words: () => say("消息", "Message") },
  "bpmn:SignalEventDefinition": { type: "bpmn:Signal", reference: "signalRef", prefix: "signal_", list: "signals", words: () => say("信号", "Signal") },
};
const ERROR = { type: "bpmn:Error", reference: "errorRef", prefix: "error_" };
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

// Written when the field is left: each name that is written is an element of the file.
const atTheEnd = (write) => {
  let typed = null;
  const wait = (value) => {
    typed = [value];
  };
  const cancel = () => {
    typed = null;
  };
  const flush = () => {
    if (typed) {
      write(...typed);
    }
    cancel();
  };
  return Object.assign(wait, { cancel, flush });
};

// Where a new name is being written; until it is there the old one stays.
const asked = new WeakSet();

function named(element, definition, kind, context) {
  const { vocabulary, redraw, locked: disabled } = context;
  const name = () => definition.get(kind.reference)?.name || "";
  const set = (value) => refer({ element, definition, root: definitionsOf(element) }, kind, { name: value }, context);
  const choices = () => {
    const own = definitionsOf(element).get("rootElements").filter((one) => is(one, kind.type)).map((one) => one.name);
    const every = [...new Set([...own, ...vocabulary()[kind.list]])].filter(Boolean).sort();
    return [...every.map((one) => ({ value: one, label: one })), { value: NEW, label: say("新名称…", "A new name…") }];
  };
  const isNew = asked.has(element);
  const chosen = selectField({
    id: "event-name",
    label: kind.words(),
    disabled,
    choices,
    get: () => (isNew ? NEW : name()),
    set: (_, value) => {
      if (value === NEW) {
        asked.add(element);
        redraw();
        return;
      }
      asked.delete(element);
      set(value);
    },
  });
  const written = textField({
    id: "event-new-name",
    label: say("新名称", "New name"),
    disabled,
    debounce: atTheEnd,
    onBlur: ({ target }) => {
      if (!target.value.trim()) {
        asked.delete(element);
        redraw();
      }
    },
    get: () => "",
    validate: (value) => (!value || NAME.test(value) ? null : say("小写字母、数字、_ 和点，如 case.done", "Small letters, digits, _ and dots, such as case.done")),
    set: (_, value) => {
      asked.delete(element);
      set(value);
    },
  });
  return isNew ? [chosen, written] : [chosen];
}

function error(element, definition, context) {
  return textField({
    id: "error-code",
    label: say("错误代码", "Error code"),
    description: is(element, "bpmn:BoundaryEvent") ? say("不写则接住全部错误", "Empty: catches every error") : "",
    disabled: context.locked,
    debounce: atTheEnd,
    get: () => definition.get("errorRef")?.errorCode || "",
    set: (_, value) => refer({ element, definition, root: definitionsOf(element) }, ERROR, { errorCode: value, name: value }, context),
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
