// The components that our server renders: what the palette offers, and what a new one holds.
import { say } from "../feel/words.js";

// type: [Chinese, English, group, what a new one holds besides].
const KINDS = {
  textfield: ["单行文字", "One line of text", "basic-input", { validate: { maxLength: 200 } }],
  textarea: ["多行文字", "Several lines of text", "basic-input", { validate: { maxLength: 2000 } }],
  number: ["数", "Number", "basic-input", { decimalDigits: 0 }],
  datetime: ["日期、时间", "Date or time", "basic-input", { subtype: "date" }],
  filepicker: ["照片和附件", "Photos and files", "basic-input", { multiple: true }],
  radio: ["单选", "One choice", "selection", {}],
  select: ["下拉单选", "One choice from a list", "selection", {}],
  checklist: ["多选", "Several choices", "selection", {}],
  checkbox: ["勾选", "Tick", "selection", {}],
  text: ["说明文字", "Text to read", "presentation", {}],
  group: ["分组", "Group", "container", {}],
  dynamiclist: ["重复的行", "Repeated rows", "container", {}],
};

export const GROUPS = {
  "basic-input": ["填写", "Input"],
  selection: ["选择", "Choices"],
  presentation: ["说明", "Text"],
  container: ["容器", "Containers"],
};
const CHOICES = new Set(["radio", "select", "checklist"]);
export const KEYLESS = new Set(["text", "group"]);

export const TYPES = Object.keys(KINDS);
export const hasChoices = (type) => CHOICES.has(type);

// The FEEL type of what a component holds.
export function feelType(field) {
  const own = { number: "number", checkbox: "boolean", checklist: "list", filepicker: "list", dynamiclist: "list" };
  if (field.type === "datetime") {
    return field.subtype === "datetime" ? "date and time" : "date";
  }
  return own[field.type] || "string";
}

export function kindName(type) {
  const found = KINDS[type];
  return found ? say(found[0], found[1]) : type;
}

function blank(type) {
  const [chinese, english, , more] = KINDS[type];
  const words = type === "datetime" ? { dateLabel: chinese } : type === "text" ? { text: chinese } : { label: chinese };
  const properties = { label_en: english };
  if (CHOICES.has(type)) {
    const values = [{ label: "同意", value: "agree" }, { label: "不同意", value: "refuse" }];
    return { ...words, values, properties: { ...properties, values_en: { agree: "Agree", refuse: "Refuse" } } };
  }
  return { ...words, ...more, properties };
}

// Leaves to an editor of form-js only our components, named in the language of the page.
export function onlyOurs(formFields) {
  for (const type of Object.keys(formFields._formFields)) {
    if (type !== "default" && !KINDS[type]) {
      delete formFields._formFields[type];
    }
  }
  for (const type of TYPES) {
    const field = formFields._formFields[type];
    const { config } = field;
    if (config.ours) {
      continue;
    }
    const create = config.create;
    const [, , group] = KINDS[type];
    Object.assign(config, {
      ours: true,
      name: kindName(type),
      label: undefined,
      group,
      // What form-js itself sets of a new one that is not asked for would stand in the file.
      create: (options = {}, isNew) => (isNew === false || options.id ? create(options, isNew) : { ...create({}, isNew), ...blank(type), ...options }),
    });
  }
}
