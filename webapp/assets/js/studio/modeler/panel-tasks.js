// Tasks: who does what by which form and by when; an operation with its parameters; a decision.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { decisionOf, operationOf, propertyOf } from "./extensions.js";
import { quoted, unquoted } from "./literals.js";
import { feelEntry, noteEntry, selectField, textField } from "./panel-entries.js";
import { say } from "./words.js";

const OWN = "own.";
const ACT = /^own\.(open\.)?[a-z][a-z0-9_]{0,49}$/;
export const FLAG = /^[a-z][a-z0-9_]{0,59}$/;

export const flagFault = (value) =>
  !value || FLAG.test(value) ? null : say("小写字母开头，只含小写字母、数字和 _", "A small letter first; small letters, digits, _");

const named = (entries) => entries.map(({ id, name }) => ({ value: id, label: name && name !== id ? `${name} · ${id}` : id }));

function property(id, label, context, more = {}) {
  return {
    id,
    label,
    disabled: context.locked,
    get: (element) => propertyOf(element.businessObject, id),
    set: (element, value) => context.extensions.setProperty(element, id, value),
    ...more,
  };
}

function acts(element, vocabulary) {
  const mine = vocabulary.acts.filter((one) => !one.elements?.length || one.elements.includes(element.id));
  return [...named(mine), { value: OWN, label: say("自定义事项…", "An act of your own…") }];
}

export function humanGroup(element, context) {
  if (!is(element, "bpmn:UserTask")) {
    return null;
  }
  const { vocabulary, extensions, locked: disabled } = context;
  const act = propertyOf(element.businessObject, "act");
  const isOwn = act.startsWith(OWN);
  const entries = [
    selectField(
      property("act", say("办理事项", "Act"), context, {
        choices: () => acts(element, vocabulary()),
        get: () => (isOwn ? OWN : act),
        set: (_, value) => extensions.setProperty(element, "act", value === OWN ? `${OWN}${element.id.toLowerCase().replace(/\W/g, "_")}` : value),
      }),
    ),
    isOwn &&
      textField(
        property("act", say("自定义事项的编号", "Id of your own act"), context, {
          id: "own-act",
          description: say("如 own.site_visit；企业也可知道的写 own.open.名称", "Such as own.site_visit; own.open.NAME where the enterprise may know of it"),
          validate: (value) => (ACT.test(value) ? null : say("写成 own.名称", "Write own.NAME")),
        }),
      ),
    selectField(property("body", say("承办单位", "Body"), context, { choices: () => named(vocabulary().bodies) })),
    selectField(
      property("role", say("岗位", "Role"), context, {
        choices: () => named(vocabulary().roles),
        required: false,
        empty: say("不限（检查人员或企业负责人）", "Any (inspecting staff, or the enterprise)"),
      }),
    ),
    selectField(
      property("form", say("表单", "Form"), context, {
        choices: () => named(vocabulary().forms),
        required: false,
        empty: `${say("同编号", "As the id")} · ${element.id}`,
      }),
    ),
    formLink(element, context),
    selectField(
      property("ladder", say("督办阶梯", "Ladder: limit and reminders"), context, { choices: () => named(vocabulary().ladders) }),
    ),
  ].filter(Boolean);
  return { id: "human", label: say("办理", "What is done"), entries, disabled };
}

function formLink(element, { vocabulary, addresses }) {
  const form = propertyOf(element.businessObject, "form") || element.id;
  const known = vocabulary().forms.some((one) => one.id === form);
  if (!addresses.forms || !known) {
    return null;
  }
  return noteEntry({ id: "form-link", text: say("编辑此表单", "Edit this form"), address: addresses.forms.replace("NAME", form) });
}

export function operationGroup(element, context) {
  if (!is(element, "bpmn:ServiceTask")) {
    return null;
  }
  const { vocabulary, extensions, locked: disabled } = context;
  const operation = operationOf(element.businessObject);
  const known = vocabulary().operations.find((one) => one.id === operation.id);
  const entries = [
    selectField({
      id: "operation",
      label: say("操作", "Operation"),
      disabled,
      choices: () => named(vocabulary().operations),
      get: () => operation.id,
      set: (_, id) => extensions.setOperation(element, { id, parameters: [], ...(answers(vocabulary(), id) ? {} : { result: "" }) }),
    }),
    ...parameters(element, operation, known, context),
  ];
  if (known?.result || operation.result) {
    entries.push(
      textField({
        id: "result",
        label: say("结果存入标记", "Result is kept in flag"),
        disabled,
        get: () => operationOf(element.businessObject).result,
        validate: flagFault,
        set: (_, result) => extensions.setOperation(element, { result }),
      }),
    );
  }
  return { id: "operation", label: say("操作", "Operation"), entries };
}

const answers = (vocabulary, id) => vocabulary.operations.find((one) => one.id === id)?.result;

// Those that the operation declares, and whatever else the file gives.
function parameters(element, operation, known, context) {
  const declared = known?.parameters || [];
  const others = operation.parameters.filter((one) => !declared.some(({ id }) => id === one.id));
  return [...declared, ...others.map(({ id }) => ({ id, name: id }))].map((one) => parameter(element, one, context));
}

function parameter(element, { id, name, type, choices, required, literal, pattern }, context) {
  const value = () => operationOf(element.businessObject).parameters.find((one) => one.id === id)?.value ?? "";
  const write = (_, text) => {
    const others = operationOf(element.businessObject).parameters.filter((one) => one.id !== id);
    context.extensions.setOperation(element, { parameters: text ? [...others, { id, type, value: text }] : others });
  };
  const given = { id: `parameter-${id}`, label: required === false ? `${name}${say("（可不填）", " (optional)")}` : name, disabled: context.locked };
  if (choices?.length) {
    const options = choices.map((one) => (typeof one === "string" ? { value: one, label: one } : { value: one.id ?? one.value, label: one.name ?? one.id }));
    const set = (to, chosen) => write(to, quoted(chosen));
    return selectField({ ...given, choices: () => options, required: required !== false, get: () => unquoted(value()), set });
  }
  if (literal && (!type || type === "string")) {
    const fits = (text) => !text || !pattern || new RegExp(`^(?:${pattern})$`).test(text);
    return textField({
      ...given,
      get: () => unquoted(value()),
      validate: (text) => (fits(text) ? null : say("写法不合要求", "This does not fit")),
      set: (to, text) => write(to, quoted(text)),
    });
  }
  return feelEntry({ ...given, get: value, set: write, vocabulary: context.vocabulary, ask: context.ask });
}

export function decisionGroup(element, context) {
  if (!is(element, "bpmn:BusinessRuleTask")) {
    return null;
  }
  const { vocabulary, extensions, addresses, locked: disabled } = context;
  const chosen = decisionOf(element.businessObject);
  const known = vocabulary().decisions.find((one) => one.id === chosen);
  const file = known?.file?.replace(/\.dmn$/, "");
  return {
    id: "decision",
    label: say("决策", "Decision"),
    entries: [
      selectField({
        id: "decision-id",
        label: say("决策表", "Decision table"),
        disabled,
        choices: () => named(vocabulary().decisions),
        get: () => decisionOf(element.businessObject),
        set: (_, value) => extensions.setDecision(element, value),
      }),
      file && addresses.tables && noteEntry({ id: "table-link", text: say("编辑此决策表", "Edit this table"), address: addresses.tables.replace("NAME", file) }),
      textField(property("result", say("结果存入标记", "Result is kept in flag"), context, { validate: (value) => (value ? flagFault(value) : say("请填写标记名", "Name a flag")) })),
    ].filter(Boolean),
  };
}

export function callGroup(element, context) {
  if (!is(element, "bpmn:CallActivity")) {
    return null;
  }
  const processes = () =>
    context.canvas.getRootElement().businessObject.$parent.rootElements
      .filter((one) => is(one, "bpmn:Process") && one !== element.businessObject.$parent)
      .map((one) => ({ value: one.id, label: one.name ? `${one.name} · ${one.id}` : one.id }));
  return {
    id: "call",
    label: say("调用", "Call"),
    entries: [
      selectField({
        id: "called",
        label: say("本文件中的流程", "A process of this file"),
        disabled: context.locked,
        choices: processes,
        get: () => element.businessObject.get("calledElement") || "",
        set: (_, value) => context.modeling.updateProperties(element, { calledElement: value }),
      }),
    ],
  };
}
