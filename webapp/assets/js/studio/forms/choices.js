// The choices of a field: in both languages, with the value that is written. An edit leaves the
// list as it is, so that one can go on to the next field.
import { say } from "../feel/words.js";
import { input } from "./inputs.js";

const CHINESE = "新选项";
const ENGLISH = "New choice";

const valuesOf = (field) => field.values || [];
const englishOf = (field) => field.properties?.values_en || {};

// What a field holds after one part of a choice is changed: {values, english}.
export function changed(field, at, part, value) {
  const before = valuesOf(field)[at];
  const english = { ...englishOf(field) };
  if (part === "english") {
    english[before.value] = value;
    return { values: valuesOf(field), english };
  }
  if (part === "value" && value !== before.value) {
    english[value] = english[before.value] ?? before.label;
    delete english[before.value];
  }
  return { values: valuesOf(field).map((one, place) => (place === at ? { ...one, [part]: value } : one)), english };
}

export function added(field) {
  const used = new Set(valuesOf(field).map((one) => one.value));
  let at = used.size + 1;
  while (used.has(`choice${at}`)) {
    at += 1;
  }
  const value = `choice${at}`;
  return { values: [...valuesOf(field), { label: CHINESE, value }], english: { ...englishOf(field), [value]: ENGLISH } };
}

export function removed(field, at) {
  const english = { ...englishOf(field) };
  delete english[valuesOf(field)[at].value];
  return { values: valuesOf(field).filter((_, place) => place !== at), english };
}

class Choices {
  constructor(panel) {
    this.panel = panel;
    this.box = document.createElement("fieldset");
    this.box.className = "prop prop-choices";
    this.draw();
  }

  get field() {
    return this.panel.field;
  }

  write({ values, english }) {
    this.panel.set({ values, properties: { ...(this.field.properties || {}), values_en: english } });
  }

  draw() {
    const legend = document.createElement("legend");
    legend.textContent = say("选项", "Choices");
    const { valuesKey } = this.field;
    const rows = valuesKey ? [this.listed(valuesKey)] : valuesOf(this.field).map((one, at) => this.row(one, at));
    this.box.replaceChildren(legend, ...rows, ...(valuesKey || this.panel.readonly ? [] : [this.adding()]));
  }

  listed(key) {
    const note = document.createElement("p");
    note.className = "soft small";
    note.textContent = say(`办理时由系统列出（${key}）`, `Listed by the product when the task is done (${key})`);
    return note;
  }

  adding() {
    const add = document.createElement("button");
    add.type = "button";
    add.className = "btn btn-plain btn-small";
    add.textContent = say("添加选项", "Add a choice");
    add.addEventListener("click", () => {
      this.write(added(this.field));
      this.draw();
      [...this.box.querySelectorAll(".prop-choice")].at(-1).querySelector("input").focus();
    });
    return add;
  }

  row(one, at) {
    const row = document.createElement("div");
    row.className = "prop-choice";
    const parts = [
      ["label", say("中文", "Chinese"), one.label],
      ["english", say("英文", "English"), englishOf(this.field)[one.value]],
      ["value", say("值", "Value"), one.value],
    ];
    for (const [part, words, value] of parts) {
      const made = input(value, "text", (typed) => this.write(changed(this.field, at, part, typed)), this.panel.readonly, part !== "value");
      made.setAttribute("aria-label", say(`第 ${at + 1} 个选项的${words}`, `Choice ${at + 1}: ${words}`));
      made.placeholder = words;
      row.append(made);
    }
    if (!this.panel.readonly) {
      row.append(this.removing(at));
    }
    return row;
  }

  removing(at) {
    const gone = document.createElement("button");
    gone.type = "button";
    gone.className = "outline-act";
    gone.textContent = "×";
    gone.setAttribute("aria-label", say(`删除第 ${at + 1} 个选项`, `Remove choice ${at + 1}`));
    gone.addEventListener("click", () => {
      this.write(removed(this.field, at));
      this.draw();
      const left = [...this.box.querySelectorAll("button")];
      left[Math.min(at, left.length - 1)].focus();
    });
    return gone;
  }
}

export const choicesOf = (panel) => new Choices(panel).box;
