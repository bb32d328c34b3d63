// "Try it": values for the names that a decision reads, and what our engine decides on them.
import { valueOf, valueWords } from "../feel/completions.js";
import { kindWords, say } from "../feel/words.js";

export function control(name, type, values) {
  if (type === "boolean" || values.length) {
    const made = document.createElement("select");
    made.className = "form-select form-select-sm";
    const pairs = type === "boolean" ? [["true", say("是", "yes")], ["false", say("否", "no")]] : values.map((one) => [JSON.stringify(String(valueOf(one))), `${valueWords(one)} ${valueOf(one)}`.trim()]);
    made.append(new Option(say("（没有值）", "(no value)"), ""), ...pairs.map(([value, words]) => new Option(words, value)));
    return made;
  }
  const made = document.createElement("input");
  made.className = "form-control form-control-sm";
  made.type = { number: "number", date: "date", "date and time": "datetime-local" }[type] || "text";
  made.step = "any";
  return made;
}

// A name in words, then as expressions write it.
export function described(name, words, type) {
  const title = document.createElement("strong");
  title.textContent = words || name;
  const code = document.createElement("code");
  code.textContent = [words ? name : "", kindWords(type)].filter(Boolean).join(" · ");
  return [title, code];
}

// The constant of FEEL that a control holds.
export function constant(made, type) {
  const text = made.value;
  if (!text || made.tagName === "SELECT" || type === "number") {
    return text;
  }
  if (type === "date") {
    return `date("${text}")`;
  }
  if (type === "date and time") {
    return `date and time("${text.length === 16 ? `${text}:00` : text}+08:00")`;
  }
  return type === "any" && /^(["\d[{@-]|true$|false$|date)/.test(text) ? text : JSON.stringify(text);
}

export class Trial {
  constructor(container, { ask, names, show }) {
    Object.assign(this, { container, ask, names, show, kept: {} });
    this.fields = document.createElement("div");
    this.fields.className = "trial-fields";
    this.told = document.createElement("div");
    this.told.className = "trial-told";
    this.told.setAttribute("role", "status");
    const run = document.createElement("button");
    run.className = "btn btn-primary btn-small";
    run.textContent = say("求值", "Evaluate");
    this.form = document.createElement("form");
    this.form.append(this.fields, run);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    container.replaceChildren(this.form, this.told);
  }

  // `reads` = [{name, type, values}] of the decision that is shown.
  about(decision, reads) {
    const mark = JSON.stringify([decision, reads]);
    if (mark === this.mark) {
      return;
    }
    this.mark = mark;
    this.decision = decision;
    this.controls = reads.map((one) => this.field(one));
    const none = document.createElement("p");
    none.className = "soft small";
    none.textContent = say("这个决策不读取任何名称", "This decision reads no names");
    this.fields.replaceChildren(...(reads.length ? this.controls.map((one) => one.label) : [none]));
    this.told.replaceChildren();
  }

  field({ name, type, values }) {
    const known = this.names().find((one) => one.name === name);
    const named = (known?.values || []).filter((one) => !values.length || values.includes(valueOf(one)));
    const made = control(name, type, named.length ? named : values);
    const label = document.createElement("label");
    label.className = "trial-field";
    label.append(...described(name, known?.words, type), made);
    if (this.kept[name] !== undefined) {
      made.value = this.kept[name];
    }
    made.addEventListener("input", () => (this.kept[name] = made.value));
    return { name, type, made, label };
  }

  async run() {
    const values = Object.fromEntries(this.controls.map(({ name, type, made }) => [name, constant(made, type)]));
    try {
      this.tell(await this.ask(this.decision, values));
    } catch (error) {
      this.tell({ error: error.message, rules: [] });
    }
  }

  tell(answer) {
    const lines = [];
    const line = (words, name = "") => {
      const made = document.createElement("p");
      made.textContent = words;
      made.className = name;
      lines.push(made);
    };
    if (answer.error) {
      line(answer.error, "trial-error");
    } else {
      for (const one of answer.decisions) {
        const rows = one.matched.length ? this.show.numbers(one.id, one.matched) : "";
        const found = rows ? say(`（${rows}）`, ` (${rows})`) : "";
        line(`${one.name}${say("：", ": ")}${one.text}${found}`, one.id === this.decision ? "trial-answer" : "soft");
      }
      const last = answer.decisions.at(-1);
      if (last && !last.matched.length && last.text === "null") {
        line(say("没有一行命中", "No row matches"), "soft");
      }
    }
    this.told.replaceChildren(...lines);
    this.show.matched(answer.error ? answer.rules || [] : answer.decisions.flatMap((one) => one.matched));
  }
}
