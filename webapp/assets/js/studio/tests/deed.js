// A deed that is being written: who does it, the form as the inbox draws it, what came of it.
import { repeat } from "../forms/repeated.js";
import { say } from "../feel/words.js";
import { all, button, element, named } from "./names.js";

const REDRAW_AFTER = 150;
const PICKED = "data-files";

// What each control holds, by its id: what is typed while an answer is on its way is kept.
function entered(fields) {
  const controls = [...fields.querySelectorAll("input:not([type=file]), select, textarea")].filter((one) => one.id);
  return new Map(controls.map((one) => [one.id, ["checkbox", "radio"].includes(one.type) ? one.checked : one.value]));
}

function enter(control, value) {
  if (control) {
    control[typeof value === "boolean" ? "checked" : "value"] = value;
  }
}

export class Deed {
  // `ask` plays the case and draws or does the deed; `done` takes the answer with its row.
  constructor(place, { ask, done, ended }) {
    Object.assign(this, { place, ask, done, ended });
  }

  open({ kind, name, which = "", people, by, text, title }) {
    Object.assign(this, { kind, name, which, text, title, drawn: false, row: null });
    this.place.hidden = false;
    this.by = this.person(people, by);
    this.form = element("form", { noValidate: true, className: "tests-form" });
    this.fields = element("div");
    this.told = element("div", { role: "status" });
    this.send = element("button", { className: "btn btn-primary", textContent: say("办理并记下", "Do it and note it") });
    const foot = element("div", { className: "form-foot" });
    foot.append(this.send, button(say("不办了", "Leave it"), () => this.close(), "btn-plain"));
    this.form.append(element("h3", { textContent: title }), this.who(), this.fields, this.told, foot);
    this.place.replaceChildren(this.form);
    this.fields.replaceChildren(element("p", { className: "soft", textContent: say("正在取表单…", "Fetching the form…") }));
    this.listen();
    this.by.focus();
    return this.show(false);
  }

  close() {
    this.turn = (this.turn || 0) + 1;
    clearTimeout(this.timer);
    this.place.hidden = true;
    this.place.replaceChildren();
    this.ended();
  }

  // Who may do it, and everybody else apart: to see that they are refused.
  person(people, by) {
    const select = element("select", { className: "form-select", id: "tests-by" });
    const group = (words, ids) => {
      const made = element("optgroup", { label: words });
      made.append(...ids.map((id) => element("option", { value: id, textContent: `${named("people", id)} · ${id}`, selected: id === (by || people[0]) })));
      return made;
    };
    const others = all("people").filter((id) => !people.includes(id));
    select.append(group(people.length ? say("可以办理的人", "Who may do it") : say("没有人可以办理", "Nobody may do it"), people), group(say("其他人（应被拒绝）", "Others (to be refused)"), others));
    return select;
  }

  who() {
    const field = element("div", { className: "field" });
    field.append(element("label", { className: "form-label", htmlFor: "tests-by", textContent: say("由谁办理", "Who does it") }), this.by);
    return field;
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show(true);
    });
    this.form.addEventListener("change", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.show(false), REDRAW_AFTER);
    });
    this.fields.addEventListener("click", (event) => repeat(this.fields, event.target));
  }

  // What was entered, as a page posts it; files by their names, since a scenario keeps none.
  values() {
    const found = [];
    for (const [name, value] of new FormData(this.form)) {
      const input = this.form.querySelector(`[${PICKED}="${CSS.escape(name)}"]`);
      const parts = input ? value.split(/[,，、\s]+/u).filter(Boolean) : [value];
      found.push(...parts.map((one) => [name, one]));
    }
    return found;
  }

  async show(sent) {
    clearTimeout(this.timer);
    if (sent && !this.drawn) {
      return;
    }
    const turn = (this.turn = (this.turn || 0) + 1);
    this.asked = entered(this.fields);
    this.send.disabled = true;
    try {
      const fill = { kind: this.kind, name: this.name, which: this.which, by: this.by.value, text: this.text || "", values: this.drawn ? this.values() : null, sent };
      const found = await this.ask(fill);
      if (turn === this.turn) {
        this.take(found, sent);
      }
    } catch (error) {
      this.say(error.message);
    } finally {
      if (turn === this.turn) {
        this.send.disabled = !this.drawn;
      }
    }
  }

  take(found, sent) {
    if (sent && found.row && !found.denied) {
      this.close();
      this.done(found.row, found.stands);
      return;
    }
    this.say("");
    if (found.html) {
      this.draw(found);
    } else if (!this.drawn) {
      this.fields.replaceChildren();
    }
    const problem = found.refused || found.faulty || found.denied || found.played?.failures?.[0];
    if (problem) {
      this.refused(problem, found, sent);
    }
  }

  draw({ html, files }) {
    const focused = this.fields.contains(document.activeElement) ? document.activeElement.id : "";
    const meanwhile = [...entered(this.fields)].filter(([id, value]) => this.asked.get(id) !== value);
    this.fields.innerHTML = html;
    this.drawn = true;
    for (const picker of this.fields.querySelectorAll("[data-picker]")) {
      this.picker(picker, files);
    }
    repeat(this.fields, this.fields);
    if (!this.fields.querySelector(".field")) {
      this.fields.append(element("p", { className: "soft", textContent: say("没有要填的内容。", "There is nothing to fill in.") }));
    }
    for (const [id, value] of meanwhile) {
      enter(document.getElementById(id), value);
    }
    document.getElementById(focused)?.focus();
  }

  picker(picker, files) {
    const file = picker.querySelector("input[type=file]");
    const name = file.name.replace("upload:", "");
    const names = element("input", { className: "form-control", name, id: file.id, value: (files[name] || []).join("，"), autocomplete: "off" });
    names.setAttribute(PICKED, name);
    picker.replaceChildren(names, element("p", { className: "field-hint", textContent: say("随意起名，如：现场，逗号隔开；运行时用样图代替", "Any names, such as front, back; a sample picture takes their place") }));
  }

  refused(problem, found, sent) {
    this.say(problem.sentence || say("场景有误，先更正", "Mend the scenario first"));
    if (sent && found.row && problem.kind) {
      const row = { ...found.row, refused: problem.kind };
      const note = () => {
        this.close();
        this.done(row, null);
      };
      this.told.append(button(say("就该这样：记为“应被拒绝”", "As it should be: note that it is refused"), note));
    }
  }

  say(words) {
    this.told.replaceChildren(...(words ? [element("p", { className: "field-error", textContent: words })] : []));
  }
}
