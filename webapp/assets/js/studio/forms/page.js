// The page of a draft's form: the builder, the form as its reader sees it, what is wrong.
import { EditorPage, openEditor } from "../editor-page.js";
import { kindWords, say } from "../feel/words.js";
import { Canvas } from "./editor.js";
import { drawOutline, labelOf } from "./outline.js";
import { Preview } from "./preview.js";
import { Properties } from "./properties.js";
import { emptyForm } from "./schema.js";

const SHOW_AFTER = 350;

class FormPage extends EditorPage {
  constructor(root, draft, vocabulary) {
    super(root, draft, vocabulary);
    const { ask, readonly } = this;
    this.canvas = new Canvas(this.part("canvas"), { palette: this.part("adds"), readonly, fail: (error) => this.fail(error) });
    this.properties = new Properties(this.part("properties"), { canvas: this.canvas, vocabulary, ask, readonly });
    this.preview = new Preview(this.part("preview"), this.part("given"), {
      ask: (body) => draft.asked("POST", `forms/${this.name}/preview`, { content: this.text, ...body }),
      names: () => vocabulary.names || [],
      told: (found) => this.told(found),
    });
  }

  fresh() {
    return (this.empty ||= emptyForm(this.name));
  }

  async open() {
    this.canvas.on("changed", (text) => {
      this.draft.change(this.path, text);
      this.outline();
      this.showSoon();
    });
    this.canvas.on("selected", (field) => {
      this.properties.show(field, field ? this.faultsOf(field) : []);
      this.outline();
    });
    await this.start(this.canvas.typing, ["canvas", "properties"]);
    this.names();
  }

  close() {
    super.close();
    ["adds", "outline"].forEach((name) => (this.part(name).inert = true));
  }

  async load() {
    await this.drawn(() => this.canvas.open(this.text), say("表单不能在这里画出：", "The form cannot be drawn here: "));
    this.outline();
    this.preview.show();
  }

  showSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.preview.show(), SHOW_AFTER);
  }

  outline() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => drawOutline(this.part("outline"), this.canvas, (one) => this.faultsOf(one.field).length > 0));
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
    const summary = this.part("summary");
    summary.className = `form-summary ${errors ? "is-wrong" : "is-right"}`;
    summary.textContent = errors ? say(`${errors} 处须更正，否则不能上线`, `${errors} to mend before it can go live`) : say("没有发现问题", "Nothing is wrong");
    this.part("faults").replaceChildren(...found.faults.map((one) => this.fault(one)));
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
    const box = this.part("names");
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

export const startForms = (root) => openEditor(root, FormPage);
