// The editor of form-js within a draft: our components only, our words, no panel of its own.
import { FormEditor } from "@bpmn-io/form-js-editor";
import { Typing } from "../drafts-typing.js";
import { say } from "../feel/words.js";
import { keepFocus } from "./keeping.js";
import { GROUPS, onlyOurs } from "./kinds.js";
import { opened, written } from "./schema.js";

const WAIT = 300;

// Properties are edited in a panel of ours, which speaks Chinese and knows what our server reads.
const NO_PANEL = { attachTo() {}, detach() {}, registerProvider() {} };

// What form-js says on its canvas and palette, which it cannot be told otherwise.
const WORDS = {
  Components: ["组件", "Components"],
  "No components found.": ["没有这样的组件", "No such component"],
  "Drag and drop components here to start designing.": ["把组件拖到这里，或在左边点选", "Drag components here, or choose them at the left"],
  "Drag and drop components here to start designing": ["把组件拖到这里，或在左边点选", "Drag components here, or choose them at the left"],
  "Use the preview window to test your form.": ["下面的预览随时可以试填", "Try the form in the preview below"],
  "Build your form": ["从这里开始", "Build your form"],
  Repeatable: ["可重复", "Repeatable"],
  Browse: ["选择文件", "Browse"],
  "No files selected": ["未选择文件", "No files selected"],
  "Add new": ["增加一项", "Add new"],
  Duplicate: ["复制", "Duplicate"],
  Delete: ["删除", "Delete"],
  Select: ["请选择", "Select"],
  "Search components": ["查找组件", "Search components"],
};

export class Canvas {
  constructor(container, { palette, readonly, fail }) {
    Object.assign(this, { container, readonly, listeners: {} });
    this.typing = new Typing({
      pause: WAIT,
      root: container,
      text: () => this.text,
      write: (text) => this.listeners.changed?.(text),
      fail,
    });
    this.editor = new FormEditor({
      container,
      palette: { parent: palette },
      propertiesPanel: { parent: document.createElement("div") },
      additionalModules: [{ propertiesPanel: ["value", NO_PANEL] }],
    });
    onlyOurs(this.editor.get("formFields"));
    keepFocus(container);
    this.editor.on("commandStack.changed", () => this.changed());
    this.editor.on("selection.changed", ({ selection }) => this.listeners.selected?.(selection || null));
    palette.addEventListener("click", (event) => {
      const type = event.target.closest("[data-field-type]")?.dataset.fieldType;
      if (type && event.detail) {
        this.add(type); // with the keyboard form-js itself adds it
      }
    });
    for (const place of [container, palette]) {
      new MutationObserver(() => translate(place)).observe(place, { childList: true, subtree: true });
    }
  }

  on(name, listener) {
    this.listeners[name] = listener;
    return this;
  }

  async open(text) {
    const { schema, before } = opened(text);
    this.before = before;
    this.quiet = true;
    this.typing.drop();
    try {
      const chosen = this.selected?.key;
      const { warnings } = await this.editor.importSchema(schema);
      this.loaded = text;
      this.plain = written(this.editor.saveSchema(), this.before);
      this.select(this.fields.find((one) => chosen && one.key === chosen) || null);
      return warnings;
    } finally {
      this.quiet = false;
    }
  }

  changed() {
    if (this.quiet || this.readonly) {
      return;
    }
    this.typing.changed();
  }

  // The text that was opened, as long as nothing differs from it, however it was written.
  get text() {
    const text = written(this.editor.saveSchema(), this.before);
    return text === this.plain ? this.loaded : text;
  }

  get root() {
    return this.editor._getState().schema;
  }

  // Every component in order, with its depth and the list that it stands in.
  get fields() {
    const found = [];
    const walk = (around, depth) => (around?.components || []).forEach((one, at) => {
      found.push(Object.assign(Object.create(one), { field: one, around, at, depth, key: one.key, type: one.type }));
      walk(one, depth + 1);
    });
    walk(this.root, 0);
    return found;
  }

  get selected() {
    return this.editor.get("selection").get();
  }

  // A field as it is now: an edit may put another object in its place.
  fresh(id) {
    return this.editor.get("formFieldRegistry").get(id);
  }

  select(one) {
    const selection = this.editor.get("selection");
    one ? selection.set(one.field || one) : selection.clear();
  }

  edit(field, properties) {
    this.editor.get("modeling").editFormField(field, properties);
  }

  add(type) {
    const added = this.editor.get("modeling").addFormField({ type, _parent: this.root.id }, this.root, this.root.components.length);
    this.select(added);
    return added;
  }

  remove({ field, around, at }) {
    this.select(null);
    this.editor.get("modeling").removeFormField(field, around, at);
  }

  move({ field, around, at }, step) {
    const to = at + step;
    if (to >= 0 && to < around.components.length) {
      this.editor.get("modeling").moveFormField(field, around, around, at, step > 0 ? to + 1 : to);
    }
  }
}

function translate(place) {
  const groups = place.querySelectorAll(".fjs-palette-group");
  for (const group of groups) {
    const words = GROUPS[group.dataset.groupId];
    if (words) {
      put(group.querySelector(".fjs-palette-group-title"), say(...words));
    }
  }
  for (const one of place.querySelectorAll(".fjs-select-placeholder, .fjs-repeat-render-footer *, .fjs-filepicker-container *, .fjs-palette-header, .fjs-palette-no-entries, .fjs-empty-editor *, .fjs-context-pad button, [title], [placeholder]")) {
    replace(one);
  }
}

// The text node itself stays: form-js draws it anew when the words of its own change.
function put(element, words) {
  const text = element?.firstChild;
  if (text?.nodeType === Node.TEXT_NODE && text.data !== words) {
    text.data = words;
  }
}

function replace(one) {
  if (!one.children.length && WORDS[one.textContent.trim()]) {
    put(one, say(...WORDS[one.textContent.trim()]));
  }
  for (const name of ["title", "placeholder", "aria-label"]) {
    const told = one.getAttribute(name);
    const known = told && (WORDS[told] || (told.startsWith("Create ") ? [`添加“${one.textContent.trim()}”`, `Add ${one.textContent.trim()}`] : null));
    if (known && told !== say(...known)) {
      one.setAttribute(name, say(...known));
    }
  }
}
