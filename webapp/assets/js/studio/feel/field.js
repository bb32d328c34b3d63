// A text field for FEEL: completion from what we know, and what our engine says while one types.
//
//   const field = feelField({ id, label, value, vocabulary, ask, kind, element, tested, names, onInput });
//   container.append(field.node);
//
// `ask` is expressionChecker(...) of asking.js; `kind` is "condition", "expression" or "unary".
import { completions } from "./completions.js";
import { kindWords, say } from "./words.js";

const PAUSE = 350;
let count = 0;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false && value !== null) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children);
  return made;
}

class FeelField {
  constructor(options) {
    this.options = { value: "", vocabulary: {}, kind: "expression", rows: 2, ...options };
    this.id = options.id || `feel-${(count += 1)}`;
    this.items = [];
    this.active = -1;
    this.asked = 0;
    this.draw();
    this.listen();
    this.text.value = this.options.value || "";
    this.look();
  }

  draw() {
    const { rows, label, readonly, placeholder } = this.options;
    this.text = element("textarea", {
      id: this.id, class: "form-control feel-text", rows, spellcheck: "false", autocomplete: "off", readonly,
      role: "combobox", "aria-expanded": "false", "aria-haspopup": "listbox",
      "aria-label": label, "aria-autocomplete": "list", "aria-controls": `${this.id}-list`,
      "aria-describedby": `${this.id}-told`, placeholder, lang: "en",
    });
    this.list = element("ul", {
      id: `${this.id}-list`, class: "feel-list", role: "listbox", hidden: true, "aria-label": say("可用的名称和函数", "Names and functions"),
    });
    this.told = element("p", { id: `${this.id}-told`, class: "feel-told", role: "status" });
    this.node = element("div", { class: "feel-field" }, this.text, this.list, this.told);
  }

  listen() {
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.text.addEventListener("focus", () => this.suggest(false));
    this.text.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const at = [...this.list.children].indexOf(event.target.closest("li"));
      this.take(at);
    });
  }

  get value() {
    return this.text.value;
  }

  set value(text) {
    this.text.value = text;
    this.look();
  }

  typed() {
    this.options.onInput?.(this.text.value);
    this.suggest(false);
    this.look();
  }

  suggest(all) {
    if (this.text.readOnly) {
      return;
    }
    const { vocabulary, tested } = this.options;
    const found = completions(this.text.value, this.text.selectionStart, vocabulary, { tested, all });
    this.place = found;
    this.items = found.items;
    this.active = -1;
    this.list.replaceChildren(...found.items.map((one, at) => this.item(one, at)));
    this.show(found.items.length > 0);
    this.text.removeAttribute("aria-activedescendant");
  }

  item(one, at) {
    const side = [one.words, kindWords(one.kind)].filter(Boolean).join(" · ");
    return element("li", { role: "option", id: `${this.id}-${at}`, "aria-selected": "false" },
      element("code", {}, one.insert), element("span", {}, side));
  }

  pressed(event) {
    const open = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === " " && event.ctrlKey) {
      this.suggest(true);
    } else if (open && step) {
      this.move(step);
    } else if (open && (event.key === "Enter" || event.key === "Tab") && this.active >= 0) {
      this.take(this.active);
    } else if (open && event.key === "Escape") {
      event.stopPropagation();
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  move(step) {
    const options = [...this.list.children];
    this.active = (this.active + step + options.length + (this.active < 0 && step < 0 ? 1 : 0)) % options.length;
    options.forEach((one, at) => one.setAttribute("aria-selected", String(at === this.active)));
    this.text.setAttribute("aria-activedescendant", options[this.active].id);
    options[this.active].scrollIntoView({ block: "nearest" });
  }

  take(at) {
    const one = this.items[at];
    if (!one) {
      return;
    }
    const { from, to } = this.place;
    const inner = one.insert.endsWith("()") ? 1 : 0;
    this.text.setRangeText(one.insert, from, to, "end");
    this.text.selectionEnd -= inner;
    this.text.selectionStart = this.text.selectionEnd;
    this.close();
    this.typed();
  }

  show(open) {
    this.list.hidden = !open;
    this.text.setAttribute("aria-expanded", String(open));
  }

  close() {
    this.show(false);
    this.active = -1;
    this.text.removeAttribute("aria-activedescendant");
  }

  look() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), PAUSE);
  }

  async check() {
    const { ask, kind, element: where, names } = this.options;
    const text = this.text.value;
    const turn = (this.asked += 1);
    if (!ask || !text.trim()) {
      this.tell(null, "");
      return;
    }
    try {
      const found = await ask({ text, kind, element: where, names: typeof names === "function" ? names() : names });
      if (turn === this.asked) {
        this.tell(found.error, found.type);
        this.options.onChecked?.(found);
      }
    } catch (error) {
      if (turn === this.asked) {
        this.tell(null, "");
        this.told.textContent = say(`没有检查：${error.message}`, `Not checked: ${error.message}`);
      }
    }
  }

  tell(error, type) {
    this.error = error;
    this.text.classList.toggle("is-invalid", Boolean(error));
    this.text.setAttribute("aria-invalid", String(Boolean(error)));
    this.told.classList.toggle("feel-wrong", Boolean(error));
    const kind = kindWords(type);
    this.told.textContent = error ? error.message : kind ? say(`结果：${kind}`, `Gives: ${kind}`) : "";
    if (error?.line) {
      this.told.append(" ", this.placed(error));
    }
  }

  placed({ line, column }) {
    const made = element("button", { type: "button", class: "link-button feel-place" }, say(`第 ${line} 行第 ${column} 列`, `Line ${line}, column ${column}`));
    made.addEventListener("click", () => this.goto());
    return made;
  }

  goto() {
    const { line, column } = this.error || {};
    if (line) {
      const ahead = this.text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      this.text.focus();
      this.text.setSelectionRange(ahead + column - 1, ahead + column);
    }
  }
}

export function feelField(options) {
  return new FeelField(options);
}
