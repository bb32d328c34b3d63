// The condition builder: rows "name - comparison - value" joined by and/or, which write FEEL and
// read the simple FEEL that they wrote; what says more is edited as text.
//
//   const builder = conditionBuilder({ id, label, value, vocabulary, ask, element, names, onInput });
//   container.append(builder.node);
//
// `names` returns further names of the place, as {name, type, words, values}, such as form fields.
import { valueOf, valueWords } from "./completions.js";
import { feelField } from "./field.js";
import { complete, readCondition, writeCondition } from "./simple.js";
import { say } from "./words.js";

const COMPARISONS = {
  "=": ["等于", "is"],
  "!=": ["不等于", "is not"],
  in: ["是其中之一", "is one of"],
  "not in": ["不是其中任何一个", "is none of"],
  "<": ["小于", "is less than"],
  "<=": ["不超过", "is at most"],
  ">": ["大于", "is more than"],
  ">=": ["至少", "is at least"],
  null: ["没有值", "has no value"],
  "not null": ["有值", "has a value"],
};
const ORDERED = new Set(["number", "date", "date and time", "any", undefined]);
let count = 0;

function button(words, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = words;
  return made;
}

function select(label, pairs, chosen) {
  const made = document.createElement("select");
  made.className = "form-select form-select-sm";
  made.setAttribute("aria-label", label);
  for (const [value, words] of pairs) {
    made.append(new Option(words, value, false, value === chosen));
  }
  return made;
}

class ConditionBuilder {
  constructor(options) {
    this.options = { vocabulary: {}, value: "", ...options };
    this.id = options.id || `condition-${(count += 1)}`;
    this.node = document.createElement("div");
    this.node.className = "condition";
    this.node.setAttribute("role", "group");
    this.node.setAttribute("aria-label", this.options.label || say("条件", "Condition"));
    this.value = this.options.value;
  }

  get value() {
    return this.text;
  }

  set value(text) {
    this.text = text || "";
    this.model = readCondition(this.text);
    this.asText = this.model === null;
    this.draw();
  }

  names() {
    const own = this.options.names?.() || [];
    const known = new Set(own.map((one) => one.name));
    const rest = (this.options.vocabulary.names || []).filter((one) => !known.has(one.name));
    return [...own, ...rest].filter((one) => !["context", "list", "function"].includes(one.type));
  }

  named(name) {
    return this.names().find((one) => one.name === name);
  }

  changed() {
    const whole = { ...this.model, rows: this.model.rows.filter(complete) };
    this.text = writeCondition(whole);
    this.shown.textContent = this.text;
    this.options.onInput?.(this.text);
  }

  draw() {
    this.node.replaceChildren(this.head(), this.asText ? this.field() : this.rows());
  }

  head() {
    const head = document.createElement("div");
    head.className = "condition-head";
    const words = this.asText ? say("按条件逐条填写", "As rows") : say("改写 FEEL 文本", "As FEEL text");
    const turn = button(words, "link-button condition-turn");
    turn.addEventListener("click", () => this.turn());
    const simple = !this.asText || readCondition(this.text) !== null;
    turn.hidden = !simple || this.options.readonly;
    if (!simple) {
      const note = document.createElement("span");
      note.className = "soft small";
      note.textContent = say("这个条件较复杂，按文本编辑", "More than rows can say; edited as text");
      head.append(note);
    }
    head.append(turn);
    return head;
  }

  turn() {
    this.asText = !this.asText;
    this.model = readCondition(this.text) || this.model;
    this.draw();
  }

  field() {
    const { vocabulary, ask, element, onInput, readonly, extraTypes } = this.options;
    const extra = this.options.names?.() || [];
    const known = { ...vocabulary, names: [...extra, ...(vocabulary.names || [])] };
    this.inner = feelField({
      id: `${this.id}-text`, label: this.options.label, value: this.text, vocabulary: known, ask, element, readonly,
      kind: "condition", names: extraTypes,
      onInput: (text) => {
        this.text = text;
        const turn = this.node.querySelector(".condition-turn");
        turn.hidden = readCondition(text) === null;
        onInput?.(text);
      },
    });
    return this.inner.node;
  }

  rows() {
    const box = document.createElement("div");
    box.className = "condition-rows";
    this.model.rows.forEach((row, at) => box.append(...this.row(row, at)));
    const foot = document.createElement("div");
    foot.className = "condition-foot";
    const add = button(say("添加条件", "Add a condition"), "btn btn-plain btn-small");
    add.addEventListener("click", () => this.add());
    this.shown = document.createElement("code");
    this.shown.className = "condition-shown";
    this.shown.textContent = this.text;
    foot.append(...(this.options.readonly ? [] : [add]), this.shown);
    box.append(foot);
    return box;
  }

  add() {
    this.model.rows.push({ name: "", is: "=", value: { kind: "string", text: "" } });
    this.draw();
    this.node.querySelector(".condition-row:last-of-type select")?.focus();
  }

  row(row, at) {
    const line = document.createElement("div");
    line.className = "condition-row";
    line.setAttribute("role", "group");
    line.setAttribute("aria-label", say(`第 ${at + 1} 个条件`, `Condition ${at + 1}`));
    line.append(this.name(row), this.comparison(row), ...this.valued(row));
    if (!this.options.readonly) {
      const gone = button("×", "condition-gone");
      gone.setAttribute("aria-label", say("删除这个条件", "Remove this condition"));
      gone.addEventListener("click", () => {
        this.model.rows.splice(at, 1);
        this.draw();
        this.changed();
      });
      line.append(gone);
    }
    return at ? [this.joined(), line] : [line];
  }

  joined() {
    const pairs = [["and", say("并且", "and")], ["or", say("或者", "or")]];
    const made = select(say("怎样连接", "How they are joined"), pairs, this.model.join);
    made.classList.add("condition-join");
    made.addEventListener("change", () => {
      this.model.join = made.value;
      this.draw();
      this.changed();
    });
    return made;
  }

  name(row) {
    const pairs = this.names().map((one) => [one.name, one.words ? `${one.words}（${one.name}）` : one.name]);
    if (row.name && !this.named(row.name)) {
      pairs.unshift([row.name, row.name]);
    }
    const made = select(say("名称", "Name"), [["", say("请选择", "Choose")], ...pairs], row.name);
    made.addEventListener("change", () => {
      row.name = made.value;
      row.is = "=";
      row.value = this.blank(row.name);
      this.draw();
      this.changed();
    });
    return made;
  }

  blank(name) {
    const known = this.named(name);
    const kind = { number: "number", boolean: "boolean", date: "date" }[known?.type] || "string";
    const first = known?.values?.length ? String(valueOf(known.values[0])) : "";
    return { kind, text: kind === "boolean" ? "true" : kind === "string" ? first : "" };
  }

  comparison(row) {
    const kind = this.named(row.name)?.type;
    const fits = ([is]) => !["<", "<=", ">", ">="].includes(is) || ORDERED.has(kind) || row.is === is;
    const several = ([is]) => kind !== "boolean" || !is.endsWith("in") || row.is === is;
    const pairs = Object.entries(COMPARISONS).filter(fits).filter(several);
    const made = select(say("比较", "Comparison"), pairs.map(([is, words]) => [is, say(...words)]), row.is);
    made.addEventListener("change", () => {
      const many = made.value.endsWith("in");
      const one = Array.isArray(row.value) ? row.value[0] : row.value;
      const value = one || this.blank(row.name);
      row.is = made.value;
      row.value = made.value.endsWith("null") ? null : many ? [value] : value;
      this.draw();
      this.changed();
    });
    return made;
  }

  valued(row) {
    if (row.is.endsWith("null")) {
      return [];
    }
    return Array.isArray(row.value) ? [this.several(row)] : [this.single(row, row.value)];
  }

  choices(row) {
    const known = this.named(row.name);
    if (known?.type === "boolean") {
      return [["true", say("是", "yes")], ["false", say("否", "no")]];
    }
    return (known?.values || []).map((one) => [String(valueOf(one)), valueWords(one) ? `${valueWords(one)}（${valueOf(one)}）` : String(valueOf(one))]);
  }

  single(row, value) {
    const pairs = this.choices(row);
    if (pairs.length) {
      const known = pairs.some(([one]) => one === value.text);
      const all = known || !value.text ? pairs : [[value.text, value.text], ...pairs];
      const made = select(say("值", "Value"), all, value.text);
      made.addEventListener("change", () => this.set(value, made.value));
      return made;
    }
    const made = document.createElement("input");
    made.className = "form-control form-control-sm";
    made.type = { number: "number", date: "date" }[value.kind] || "text";
    made.step = "any";
    made.value = value.text;
    made.setAttribute("aria-label", say("值", "Value"));
    made.addEventListener("input", () => this.set(value, made.value));
    return made;
  }

  set(value, text) {
    value.text = text;
    this.changed();
  }

  several(row) {
    const pairs = this.choices(row);
    const box = document.createElement("span");
    box.className = "condition-several";
    if (!pairs.length) {
      const made = document.createElement("input");
      made.className = "form-control form-control-sm";
      made.setAttribute("aria-label", say("值，用逗号分开", "Values, separated by commas"));
      made.placeholder = say("值，用逗号分开", "Values, separated by commas");
      made.value = row.value.map((one) => one.text).join(", ");
      const { kind } = row.value[0] || this.blank(row.name);
      made.addEventListener("input", () => {
        row.value = made.value.split(/[,，、]/).map((text) => ({ kind, text: text.trim() })).filter((one) => one.text);
        this.changed();
      });
      box.append(made);
      return box;
    }
    const kind = row.value[0]?.kind || "string";
    const chosen = new Set(row.value.map((one) => one.text));
    for (const [text, words] of [...pairs, ...[...chosen].filter((one) => !pairs.some(([known]) => known === one)).map((one) => [one, one])]) {
      const label = document.createElement("label");
      const tick = document.createElement("input");
      tick.type = "checkbox";
      tick.checked = chosen.has(text);
      tick.addEventListener("change", () => {
        tick.checked ? chosen.add(text) : chosen.delete(text);
        row.value = [...chosen].map((one) => ({ kind, text: one }));
        this.changed();
      });
      label.append(tick, ` ${words}`);
      box.append(label);
    }
    return box;
  }
}

export function conditionBuilder(options) {
  return new ConditionBuilder(options);
}
