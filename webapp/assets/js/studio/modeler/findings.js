// What gate and verifier say: marks on the elements, and the list beside the diagram.
import { nameOf, say } from "./words.js";

const MARKS = ["found-error", "found-warning"];

function make(name, className, text) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  if (text) {
    made.textContent = text;
  }
  return made;
}

// What to do where a statute cannot be decided.
function split() {
  return say("流程太大，无法证明：请减少并行的步骤，或者拆成几个流程", "Too large to be proved: draw fewer steps side by side, or several processes");
}

// Findings of the gate and properties that do not hold, alike: {severity, element, sentence, …}.
export function problemsOf(examination) {
  const broken = (examination.properties || [])
    .filter((one) => one.holds !== true)
    .map((one) => ({ ...one, severity: one.severity || "error", title: one.name, file: "", remedy: one.holds === null && one.severity === "error" ? split() : "" }));
  const order = (one) => (one.severity === "error" ? 0 : 1);
  return [...broken, ...(examination.findings || [])].sort((one, other) => order(one) - order(other));
}

export class Findings {
  constructor(list, viewer, { show, play, addresses, process }) {
    Object.assign(this, { list, viewer, show, play, addresses, process });
    this.marked = [];
    this.overlays = [];
    this.problems = [];
    this.said = make("p", "found-head");
    this.said.setAttribute("role", "status");
    this.said.tabIndex = -1;
  }

  take(examination) {
    this.problems = problemsOf(examination);
    this.held = (examination.properties || []).filter((one) => one.holds === true);
    this.mark();
    this.draw(examination);
  }

  // What was found before may be mended by now: it goes, here and on the diagram. Said is why, with
  // a way to ask again.
  wait(words, again) {
    Object.assign(this, { problems: [], held: [] });
    this.mark();
    const ask = this.button(say("现在检查", "Check now"), "", () => {
      this.said.focus();
      again();
    });
    ask.classList.add("found-again");
    this.said.className = "found-head found-head-waiting";
    this.said.textContent = words;
    this.put([ask]);
  }

  // The head stays in its place, or nobody would be told that its words changed.
  put(nodes) {
    if (this.said.parentNode !== this.list) {
      this.list.replaceChildren(this.said);
    }
    [...this.list.children].filter((one) => one !== this.said).forEach((one) => one.remove());
    this.list.append(...nodes);
  }

  get errors() {
    return this.problems.filter((one) => one.severity === "error").length;
  }

  mark() {
    const canvas = this.viewer.get("canvas");
    const registry = this.viewer.get("elementRegistry");
    const overlays = this.viewer.get("overlays");
    this.marked.forEach((id) => registry.get(id) && MARKS.forEach((one) => canvas.removeMarker(id, one)));
    this.overlays.forEach((one) => overlays.remove(one));
    this.overlays = [];
    const byElement = Map.groupBy ? Map.groupBy(this.problems, (one) => one.element) : new Map();
    if (!Map.groupBy) {
      this.problems.forEach((one) => byElement.set(one.element, [...(byElement.get(one.element) || []), one]));
    }
    this.marked = [...byElement.keys()].filter((id) => id && registry.get(id));
    for (const id of this.marked) {
      const mine = byElement.get(id);
      const worst = mine.some((one) => one.severity === "error") ? "error" : "warning";
      canvas.addMarker(id, `found-${worst}`);
      this.overlays.push(overlays.add(id, "findings", { position: place(registry.get(id)), html: this.badge(id, mine, worst) }));
    }
  }

  badge(id, mine, worst) {
    const made = make("button", `found-badge found-badge-${worst}`, mine.length > 1 ? String(mine.length) : "!");
    made.type = "button";
    made.title = mine.map((one) => one.sentence).join("\n");
    made.setAttribute("aria-label", mine.map((one) => one.sentence).join("；"));
    made.addEventListener("click", () => this.show("findings", id));
    return made;
  }

  draw(examination) {
    const place = this.focused();
    const nodes = this.head(examination);
    if (this.problems.length) {
      const items = make("ul", "found-list");
      items.append(...this.problems.map((one) => this.item(one)));
      nodes.push(items);
    }
    if (this.held.length) {
      nodes.push(this.proved());
    }
    this.put(nodes);
    place?.();
  }

  // A list that is drawn anew while somebody goes through it: returns how to go on at the same place.
  focused() {
    const active = document.activeElement;
    const item = this.list.contains(active) && active.closest(".found");
    if (!item) {
      return this.list.contains(active) && active.closest(".found-proved") ? () => this.list.querySelector(".found-proved summary")?.focus() : null;
    }
    const at = [...this.list.querySelectorAll(".found")].indexOf(item);
    const part = [...item.querySelectorAll("button, a")].indexOf(active);
    return () => {
      const items = [...this.list.querySelectorAll(".found")];
      const same = items.find((one) => one.dataset.key === item.dataset.key) || items[Math.min(at, items.length - 1)];
      const acts = same ? [...same.querySelectorAll("button, a")] : [];
      (acts[Math.min(part, acts.length - 1)] || this.said).focus();
    };
  }

  head(examination) {
    const errors = this.errors;
    const warnings = this.problems.length - errors;
    const words = errors
      ? say(`${errors} 处错误，不能上线`, `${errors} ${errors === 1 ? "error" : "errors"}: cannot go live`)
      : say("没有错误，可以上线", "No errors: may go live");
    const more = warnings ? say(`；${warnings} 处提醒`, `; ${warnings} ${warnings === 1 ? "warning" : "warnings"}`) : "";
    this.said.className = errors ? "found-head found-head-error" : "found-head found-head-fine";
    if (this.said.textContent !== words + more) {
      this.said.textContent = words + more;
    }
    const taken = (examination.elapsed_ms / 1000).toFixed(1);
    return examination.elapsed_ms >= 100 ? [make("p", "found-time", say(`检查用时 ${taken} 秒`, `checked in ${taken} s`))] : [];
  }

  item(one) {
    const made = make("li", `found found-of-${one.severity}`);
    made.dataset.element = one.element || "";
    made.dataset.key = [one.element, one.code || one.title, one.file, one.sentence].join(" ");
    const registry = this.viewer.get("elementRegistry");
    const drawn = one.element && registry.get(one.element);
    made.append(make("p", one.title ? "found-title" : "found-sentence", one.sentence));
    const name = one.title && !one.sentence.startsWith(one.title) ? one.title : "";
    const source = [name, one.article].filter(Boolean).join(" · ");
    if (source) {
      made.append(make("p", "found-remedy", source));
    }
    if (one.remedy) {
      made.append(make("p", "found-remedy", one.remedy));
    }
    made.append(this.acts(one, drawn));
    return made;
  }

  acts(one, drawn) {
    const row = make("p", "found-acts");
    if (drawn) {
      row.append(this.button(say("到节点", "Show"), nameOf(drawn), () => this.show("element", one.element)));
    } else if (one.file && !one.file.endsWith(".bpmn")) {
      row.append(this.elsewhere(one));
    }
    if (one.path?.length) {
      const made = this.button(say("播放经过", "Play the way"), "", () => this.play(one));
      made.setAttribute("aria-label", `${made.textContent}${say("：", ": ")}${one.sentence}`);
      made.classList.add("found-play");
      row.append(made);
    }
    return row;
  }

  button(words, about, act) {
    const made = make("button", "btn btn-sm", words);
    made.type = "button";
    if (about) {
      made.append(make("span", "found-about", about));
    }
    made.addEventListener("click", act);
    return made;
  }

  elsewhere(one) {
    const name = one.file.replace(/^.*\//, "").replace(/\.\w+$/, "");
    const pattern = one.file.startsWith("forms/") ? this.addresses.forms : this.addresses.tables;
    if (!pattern) {
      return make("code", "", one.file);
    }
    const made = make("a", "btn btn-sm", "");
    made.append(make("code", "", one.file));
    made.lang = "en";
    made.href = pattern.replace("NAME", name);
    return made;
  }

  proved() {
    const made = make("details", "found-proved");
    made.append(make("summary", "", say(`已证明成立 ${this.held.length} 项`, `${this.held.length} proved to hold`)));
    const items = make("ul", "");
    items.append(...this.held.map((one) => make("li", "", [one.name, one.article].filter(Boolean).join(" · "))));
    made.append(items);
    return made;
  }
}

function place(element) {
  if (element.waypoints) {
    const [x, y] = middle(element.waypoints);
    return { left: x - Math.min(...element.waypoints.map((one) => one.x)) - 12, top: y - Math.min(...element.waypoints.map((one) => one.y)) - 12 };
  }
  return { top: -12, right: 12 };
}

// The point half way along a flow.
export function middle(waypoints) {
  const steps = waypoints.slice(1).map((one, at) => Math.hypot(one.x - waypoints[at].x, one.y - waypoints[at].y));
  let left = steps.reduce((sum, one) => sum + one, 0) / 2;
  for (let at = 0; at < steps.length; at += 1) {
    if (left <= steps[at]) {
      const part = steps[at] ? left / steps[at] : 0;
      const [from, to] = [waypoints[at], waypoints[at + 1]];
      return [from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part];
    }
    left -= steps[at];
  }
  return [waypoints[0].x, waypoints[0].y];
}
