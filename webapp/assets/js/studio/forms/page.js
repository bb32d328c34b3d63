// The page of a draft's form: the builder, the form as its reader sees it, what is wrong.
import { openDraft, showStatus } from "../drafts.js";
import { kindWords, say } from "../feel/words.js";
import { Canvas } from "./editor.js";
import { drawOutline, labelOf } from "./outline.js";
import { Preview } from "./preview.js";
import { Properties } from "./properties.js";
import { emptyForm } from "./schema.js";

const SHOW_AFTER = 350;

const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

class FormPage {
  constructor(root, draft, vocabulary) {
    Object.assign(this, { root, draft, vocabulary, path: root.dataset.path, name: root.dataset.name, faults: [] });
    this.readonly = !draft.mayChange;
    root.classList.toggle("is-readonly", this.readonly);
    this.canvas = new Canvas(part(root, "canvas"), { palette: part(root, "adds"), readonly: this.readonly });
    const ask = (question) => draft.asked("POST", "expression", question);
    this.properties = new Properties(part(root, "properties"), { canvas: this.canvas, vocabulary, ask, readonly: this.readonly });
    this.preview = new Preview(part(root, "preview"), part(root, "given"), {
      ask: (body) => draft.asked("POST", `forms/${this.name}/preview`, { content: this.text, ...body }),
      names: () => vocabulary.names || [],
      told: (found) => this.told(found),
    });
    this.listen();
  }

  get text() {
    return this.draft.file(this.path);
  }

  listen() {
    this.canvas.on("changed", (text) => {
      this.draft.change(this.path, text);
      this.outline();
      this.showSoon();
    });
    this.canvas.on("selected", (field) => {
      this.properties.show(field, field ? this.faultsOf(field) : []);
      this.outline();
    });
    this.draft.on("loaded", (paths) => paths.includes(this.path) && this.load());
    this.draft.on("status", () => this.buttons());
    this.root.addEventListener("click", (event) => {
      const act = event.target.closest("[data-act]")?.dataset.act;
      if (act === "undo" || act === "redo") {
        this.draft[act]();
      }
    });
  }

  buttons() {
    for (const act of ["undo", "redo"]) {
      const button = this.root.querySelector(`[data-act="${act}"]`);
      button.hidden = this.readonly;
      button.disabled = !this.draft.status[`${act}able`];
    }
  }

  async start() {
    showStatus(this.draft, part(this.root, "status"));
    this.buttons();
    if (this.text === undefined) {
      this.draft.change(this.path, emptyForm(this.name));
    }
    await this.load();
    this.names();
  }

  async load() {
    const broken = part(this.root, "broken");
    try {
      await this.canvas.open(this.text);
      broken.hidden = true;
      part(this.root, "canvas").hidden = false;
    } catch (error) {
      broken.hidden = false;
      broken.textContent = say(`表单不能在这里画出：${error.message}`, `The form cannot be drawn here: ${error.message}`);
      part(this.root, "canvas").hidden = true;
    }
    this.outline();
    this.preview.show();
  }

  showSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.preview.show(), SHOW_AFTER);
  }

  outline() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => drawOutline(part(this.root, "outline"), this.canvas, (one) => this.faultsOf(one.field).length > 0));
  }

  // The place of a field in the file, as the reader of forms names it.
  placeOf(field) {
    const one = this.canvas.fields.find((other) => other.field === field || other.field.id === field.id);
    const around = one && one.around !== this.canvas.root ? this.placeOf(one.around) : "";
    return one ? [around, `components.${one.at}`].filter(Boolean).join(".") : "";
  }

  faultsOf(field) {
    const place = this.placeOf(field);
    const key = field.key || field.path;
    return this.faults.filter((one) => one.element && (one.element === place || one.element === key || one.element.endsWith(`.${key}`)));
  }

  told(found) {
    this.faults = found.faults;
    const errors = found.faults.filter((one) => one.severity === "error").length;
    const summary = part(this.root, "summary");
    summary.className = `form-summary ${errors ? "is-wrong" : "is-right"}`;
    summary.textContent = errors ? say(`${errors} 处须更正，否则不能上线`, `${errors} to mend before it can go live`) : say("没有发现问题", "Nothing is wrong");
    part(this.root, "faults").replaceChildren(...found.faults.map((one) => this.fault(one)));
    const field = this.canvas.selected;
    if (field) {
      this.properties.tell(this.faultsOf(field));
    }
    this.outline();
  }

  fault(one) {
    const item = document.createElement("li");
    item.className = `form-fault form-fault-${one.severity}`;
    const field = this.canvas.fields.find((other) => this.placeOf(other.field) === one.element || (other.key && other.key === one.element));
    const head = document.createElement(field ? "button" : "strong");
    head.className = "form-fault-head";
    head.textContent = field ? labelOf(field.field) || field.key : one.element;
    if (field) {
      head.type = "button";
      head.addEventListener("click", () => this.canvas.select(field));
    }
    const words = document.createElement("p");
    words.textContent = `${one.sentence}${say("。", ". ")}${one.remedy}`;
    item.append(head, words);
    return item;
  }

  // The names that conditions may read; those of flags are what fields are bound to.
  names() {
    const box = part(this.root, "names");
    const lead = document.createElement("p");
    lead.className = "soft small";
    lead.textContent = say("条件可以读案件（只读）、流程标记和本表单的字段；填写的内容只能写入流程标记和案件的补充字段。", "Conditions read the case (read only), flags of the process and the fields of this form; answers are written to flags and to added fields of the case.");
    const list = document.createElement("dl");
    list.className = "names";
    for (const one of this.vocabulary.names || []) {
      const name = document.createElement("dt");
      const code = document.createElement("code");
      code.textContent = one.name;
      name.append(code);
      const words = document.createElement("dd");
      words.textContent = [one.words, kindWords(one.type)].filter(Boolean).join(" · ");
      list.append(name, words);
    }
    const scrolled = document.createElement("div");
    scrolled.className = "names-box";
    scrolled.tabIndex = 0;
    scrolled.setAttribute("role", "group");
    scrolled.setAttribute("aria-label", say("可用的名称", "Names to use"));
    scrolled.append(list);
    box.replaceChildren(lead, scrolled);
  }
}

export async function startForms(root) {
  const draft = await openDraft({ id: root.dataset.draft, token: root.dataset.token });
  const vocabulary = await draft.asked("GET", "vocabulary").catch(() => ({}));
  const page = new FormPage(root, draft, vocabulary);
  await page.start();
  root.dataset.ready = "true";
  return page;
}
