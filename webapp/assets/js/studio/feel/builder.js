// The condition builder: rows "name - comparison - value" joined by and/or, which write FEEL and
// read the simple FEEL that they wrote; what says more is edited as text.
//
//   const builder = conditionBuilder({ id, label, value, vocabulary, ask, element, names, onInput });
//   container.append(builder.node);
//
// `names` returns further names of the place, as {name, type, words, values}, such as form fields.
import { valueOf } from "./completions.js";
import { feelField } from "./field.js";
import { complete, readCondition, remember, settled, writeCondition } from "./simple.js";
import { select, valueControl } from "./values.js";
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
    remember(this.model?.rows || []);
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
    remember(this.model.rows);
    const text = writeCondition({ ...this.model, rows: settled(this.model.rows) });
    const same = text === this.text;
    this.text = text;
    this.shown.textContent = text;
    this.mark();
    if (!same) {
      this.options.onInput?.(text);
    }
  }

  // Drawn anew, the control that was in use is in use again; those before it are the same ones.
  draw() {
    const place = this.controls().indexOf(document.activeElement);
    this.lines = [];
    this.node.replaceChildren(this.head(), this.asText ? this.field() : this.rows());
    this.mark();
    if (place >= 0) {
      this.controls()[place]?.focus();
    }
  }

  controls() {
    return [...this.node.querySelectorAll("button, select, input, textarea")];
  }

  // Says of each row that is not complete what holds in its place.
  mark() {
    for (const { row, line, note } of this.lines) {
      const open = !complete(row);
      line.classList.toggle("is-open", open);
      const words = row.last ? say("请填写完整；在此之前仍按原条件", "Complete this row; until then the earlier condition holds") : say("请填写完整，之后才生效", "Complete this row; until then it does not count");
      note.textContent = open ? words : "";
    }
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
    remember(this.model?.rows || []);
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
    this.model.rows.push({ name: "", is: "=", value: this.blank("") });
    this.draw();
    [...this.node.querySelectorAll(".condition-row")].at(-1).querySelector("select").focus();
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
        const left = [...this.node.querySelectorAll(".condition-gone")];
        (left[Math.min(at, left.length - 1)] || this.node.querySelector(".condition-foot button")).focus();
      });
      line.append(gone);
    }
    const note = document.createElement("span");
    note.className = "condition-missing";
    note.setAttribute("role", "status");
    line.append(note);
    this.lines.push({ row, line, note });
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
    return { kind, text: kind === "boolean" ? "true" : kind === "string" ? first : "", ...(kind === "string" && !first && { unset: true }) };
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
    return [valueControl(row, { known: this.named(row.name), kind: this.blank(row.name).kind, changed: () => this.changed() })];
  }
}

export function conditionBuilder(options) {
  return new ConditionBuilder(options);
}
