// The properties of one field: only what our server reads, in both languages.
import { conditionBuilder } from "../feel/builder.js";
import { say } from "../feel/words.js";
import { choicesOf } from "./choices.js";
import { input } from "./inputs.js";
import { KEYLESS, feelType, hasChoices, kindName } from "./kinds.js";

let count = 0;

function labelled(words, control, hint = "") {
  const box = document.createElement("div");
  box.className = "prop";
  const label = document.createElement("label");
  label.className = "form-label";
  label.textContent = words;
  control.id ||= `prop-${(count += 1)}`;
  label.htmlFor = control.id;
  box.append(label, control);
  if (hint) {
    const note = document.createElement("p");
    note.className = "field-hint";
    note.textContent = hint;
    box.append(note);
  }
  return box;
}

function tick(words, value, set, readonly) {
  const label = document.createElement("label");
  label.className = "prop prop-tick";
  const made = document.createElement("input");
  made.type = "checkbox";
  made.checked = Boolean(value);
  made.disabled = readonly;
  made.addEventListener("change", () => set(made.checked));
  label.append(made, ` ${words}`);
  return label;
}

export class Properties {
  constructor(container, { canvas, vocabulary, ask, readonly }) {
    Object.assign(this, { container, canvas, vocabulary, ask, readonly });
    this.show(null);
  }

  get field() {
    return this.canvas.fresh(this.id);
  }

  show(field, faults = []) {
    this.id = field?.id;
    if (!field || field.type === "default") {
      const none = document.createElement("p");
      none.className = "soft";
      none.textContent = say("点选一个字段，在这里改它的名称、选项和条件。", "Choose a field to change its label, choices and conditions here.");
      this.container.replaceChildren(none);
      return;
    }
    const kind = document.createElement("p");
    kind.className = "prop-kind";
    kind.textContent = kindName(field.type);
    const parts = [...this.words(), ...this.naming(), ...this.limits(), ...(hasChoices(field.type) ? [choicesOf(this)] : []), this.hiding()];
    this.told = document.createElement("div");
    this.container.replaceChildren(kind, this.told, ...parts);
    this.tell(faults);
  }

  // Writes what is typed and not written yet.
  flush() {
    const active = document.activeElement;
    if (this.container.contains(active)) {
      active.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  // What is wrong with this field.
  tell(faults) {
    const lines = faults.map((one) => {
      const line = document.createElement("p");
      line.className = "prop-fault";
      line.textContent = `${one.sentence}${say("。", ". ")}${one.remedy}`;
      return line;
    });
    this.told?.replaceChildren(...lines);
  }

  set(properties) {
    this.canvas.edit(this.field, properties);
  }

  property(name, value) {
    const properties = { ...(this.field.properties || {}), [name]: value };
    if (value === "" || value === undefined) {
      delete properties[name];
    }
    this.set({ properties });
  }

  validate(name, value) {
    const rules = { ...(this.field.validate || {}), [name]: value };
    if (value === "" || value === undefined || value === false) {
      delete rules[name];
    }
    this.set({ validate: rules });
  }

  words() {
    const { field, readonly } = this;
    const name = field.type === "datetime" ? "dateLabel" : field.type === "text" ? "text" : "label";
    const own = field.properties || {};
    return [
      labelled(say("名称（中文）", "Label in Chinese"), input(field[name], "text", (value) => this.set({ [name]: value }), readonly)),
      labelled(say("名称（英文）", "Label in English"), input(own.label_en, "text", (value) => this.property("label_en", value), readonly)),
      labelled(say("提示（中文）", "Hint in Chinese"), input(own.hint ?? field.description, "text", (value) => this.hint(value), readonly)),
      labelled(say("提示（英文）", "Hint in English"), input(own.hint_en, "text", (value) => this.property("hint_en", value), readonly)),
    ];
  }

  hint(value) {
    if ("hint" in (this.field.properties || {})) {
      this.property("hint", value);
    } else {
      this.set({ description: value || undefined });
    }
  }

  naming() {
    const { field, readonly } = this;
    if (KEYLESS.has(field.type)) {
      return [];
    }
    const repeated = field.type === "dynamiclist";
    const key = input(repeated ? field.path || field.key : field.key, "text", (value) => this.set(repeated ? { path: value } : { key: value }), readonly, false);
    key.lang = "en";
    const parts = [labelled(say("字段编号", "Key"), key, say("小写字母、数字和下划线；不得与函数或保留名称相同", "Small letters, digits and _; no name of a function, no reserved name"))];
    if (!["checklist", "filepicker", "dynamiclist"].includes(field.type)) {
      parts.push(this.bound());
    }
    return parts;
  }

  // Which flag of the process, or which field of the case that designers add, the answer is written to.
  bound() {
    const flags = (this.vocabulary.names || []).map((one) => one.name).filter((name) => !name.includes(".") && name !== "case");
    const made = document.createElement("select");
    made.className = "form-select form-select-sm";
    made.disabled = this.readonly;
    const now = this.field.properties?.binds || "";
    const own = `token.${this.field.key}`;
    const known = (this.vocabulary.names || []).map((one) => one.name).filter((name) => name.startsWith("case.ext.")).map((name) => name.slice("case.".length));
    const groups = [
      [say("流程标记：图上的条件按它判断", "Flags: conditions of the diagram read them"), [own, ...flags.map((name) => `token.${name}`)]],
      [say("案件的补充字段：一直留在案件里", "Added fields of the case: kept with it"), [`ext.${this.field.key}`, ...known]],
    ];
    made.append(new Option(say("不写入", "Not written"), ""));
    for (const [words, offered] of groups) {
      const group = document.createElement("optgroup");
      group.label = words;
      group.append(...[...new Set(offered)].map((one) => new Option(one, one, false, one === now)));
      made.append(group);
    }
    if (now && made.value !== now) {
      made.append(new Option(now, now, true, true));
    }
    made.addEventListener("change", () => this.property("binds", made.value));
    return labelled(say("填写的内容写到", "The answer is written to"), made);
  }

  limits() {
    const { field, readonly } = this;
    const rules = field.validate || {};
    const number = (words, name, source = rules, set = (value) => this.validate(name, value)) => labelled(words, input(source[name], "number", set, readonly));
    const parts = [];
    if (!["text", "group"].includes(field.type)) {
      parts.push(tick(say("必填", "Required"), rules.required, (value) => this.validate("required", value), readonly));
      parts.push(tick(say("只读", "Read only"), field.readonly, (value) => this.set({ readonly: value || undefined }), readonly));
    }
    if (field.type === "filepicker") {
      parts.push(tick(say("可以有多个文件", "Several files"), field.multiple, (value) => this.set({ multiple: value || undefined }), readonly));
    }
    if (["textfield", "textarea"].includes(field.type)) {
      parts.push(number(say("最少字数", "Fewest characters"), "minLength"), number(say("最多字数", "Most characters"), "maxLength"));
    }
    if (field.type === "number") {
      parts.push(number(say("最小", "Least"), "min"), number(say("最大", "Most"), "max"), number(say("小数位", "Decimal places"), "decimalDigits", field, (value) => this.set({ decimalDigits: value })));
    }
    if (field.type === "datetime") {
      parts.push(this.subtype());
    }
    return [grid(parts)];
  }

  subtype() {
    const made = document.createElement("select");
    made.className = "form-select form-select-sm";
    made.disabled = this.readonly;
    made.append(new Option(say("只填日期", "A date"), "date"), new Option(say("日期和时间", "A date and a time"), "datetime"));
    made.value = this.field.subtype || "date";
    made.addEventListener("change", () => this.set({ subtype: made.value }));
    return labelled(say("填什么", "What is entered"), made);
  }

  // The other fields of the form as names of a condition.
  names() {
    return this.canvas.fields
      .filter(({ field }) => field.id !== this.id && field.key && !KEYLESS.has(field.type))
      .map(({ field }) => {
        const english = field.properties?.values_en || {};
        const values = field.values?.map((one) => ({ id: one.value, name: say(one.label, english[one.value] || one.label) }));
        const words = say(field.label || field.dateLabel, field.properties?.label_en || field.label || field.dateLabel);
        return { name: field.key, type: feelType(field), words, values };
      });
  }

  hiding() {
    const box = document.createElement("fieldset");
    box.className = "prop";
    const legend = document.createElement("legend");
    legend.textContent = say("什么时候不显示", "When it is not shown");
    const types = () => Object.fromEntries(this.names().map((one) => [one.name, one.type]));
    const builder = conditionBuilder({
      label: say("什么时候不显示", "When it is not shown"),
      value: (this.field.conditional?.hide || "").replace(/^=/, "").trim(),
      vocabulary: this.vocabulary,
      ask: this.ask,
      names: () => this.names(),
      extraTypes: types,
      readonly: this.readonly,
      onInput: (text) => this.set({ conditional: text.trim() ? { hide: `=${text.trim()}` } : undefined }),
    });
    const note = document.createElement("p");
    note.className = "field-hint";
    note.textContent = say("条件由服务器判断；不显示的字段不收它的内容。没有条件就总是显示。", "The server decides; what is not shown is not taken in. Without a condition it is always shown.");
    box.append(legend, builder.node, note);
    return box;
  }
}

function grid(parts) {
  const box = document.createElement("div");
  box.className = "prop-grid";
  box.append(...parts);
  return box;
}
