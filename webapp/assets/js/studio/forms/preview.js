// The form as whoever does the task sees it: drawn by the server, conditions decided there.
import { constant, control, described } from "../tables/trial.js";
import { say } from "../feel/words.js";
import { repeat } from "./repeated.js";

const REDRAW_AFTER = 150;

export class Preview {
  constructor(place, given, { ask, names, told }) {
    const form = document.createElement("form");
    form.noValidate = true;
    place.replaceChildren(form);
    Object.assign(this, { form, given, ask, names, told, kept: {}, controls: [] });
    this.fields = document.createElement("div");
    this.failed = document.createElement("p");
    this.failed.className = "field-error";
    this.failed.hidden = true;
    const foot = document.createElement("div");
    foot.className = "form-foot";
    const send = document.createElement("button");
    send.className = "btn btn-primary";
    send.textContent = say("试提交", "Try sending");
    const again = document.createElement("button");
    again.type = "reset";
    again.className = "btn btn-plain";
    again.textContent = say("清空", "Clear");
    const note = document.createElement("p");
    note.className = "soft small";
    note.setAttribute("role", "status");
    this.note = note;
    foot.append(send, again);
    form.replaceChildren(this.failed, this.fields, foot, note);
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show(true);
    });
    this.form.addEventListener("change", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.show(), REDRAW_AFTER);
    });
    this.form.addEventListener("reset", (event) => {
      event.preventDefault();
      this.fields.replaceChildren();
      this.show();
    });
    this.fields.addEventListener("click", (event) => repeat(this.fields, event.target));
  }

  values() {
    return [...new FormData(this.form)].filter(([, value]) => typeof value === "string").map(([name, value]) => [name, value]);
  }

  async show(sent = false) {
    const turn = (this.turn = (this.turn || 0) + 1);
    const names = Object.fromEntries(this.controls.map(({ name, type, made }) => [name, constant(made, type)]));
    try {
      const found = await this.ask({ values: this.values(), names, sent });
      if (turn === this.turn) {
        this.draw(found, sent);
      }
    } catch (error) {
      this.failed.hidden = false;
      this.failed.textContent = say(`预览没有画出：${error.message}`, `The preview was not drawn: ${error.message}`);
    }
  }

  draw(found, sent) {
    this.failed.hidden = found.html !== null;
    this.failed.textContent = found.html === null ? say("先更正所列的问题，才能预览。", "Mend what is listed to see the preview.") : "";
    if (found.html !== null) {
      const focused = this.fields.contains(document.activeElement) ? document.activeElement.id : "";
      this.fields.innerHTML = found.html;
      repeat(this.fields, this.fields);
      if (focused) {
        document.getElementById(focused)?.focus();
      }
      const wrong = this.fields.querySelector(".error-summary");
      this.note.textContent = !sent ? "" : wrong ? say("这样提交会被退回，原因见上。", "This would be refused, as told above.") : say("这样提交会被接受。预览中什么也没有保存。", "This would be accepted. Nothing of a preview is kept.");
    }
    this.facts(found.reads || []);
    this.told(found);
  }

  // Facts of the case that conditions read: entered here, since a preview has no case.
  facts(reads) {
    const mark = JSON.stringify(reads);
    if (mark === this.mark) {
      return;
    }
    this.mark = mark;
    this.controls = reads.map(({ name, type }) => this.fact(name, type));
    const lead = document.createElement("p");
    lead.className = "soft small";
    lead.textContent = say("条件还读到以下内容，预览时在这里填：", "Conditions also read these; enter them here for the preview:");
    this.given.replaceChildren(...(reads.length ? [lead, ...this.controls.map((one) => one.label)] : []));
  }

  fact(name, type) {
    const known = this.names().find((one) => one.name === name);
    const made = control(name, type, known?.values || []);
    made.value = this.kept[name] ?? "";
    const label = document.createElement("label");
    label.className = "trial-field";
    label.append(...described(name, known?.words, type), made);
    made.addEventListener("change", () => {
      this.kept[name] = made.value;
      this.show();
    });
    return { name, type, made, label };
  }
}
