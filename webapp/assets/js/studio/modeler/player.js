// Plays a counterexample on the diagram: one step after another, tokens drawn where they stand.
import { middle } from "./findings.js";
import { nameOf, say } from "./words.js";

const PAUSE = 1100;

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function within(element, box) {
  for (let one = element.parent; one; one = one.parent) {
    if (one === box) {
      return true;
    }
  }
  return false;
}

export class Player {
  constructor(bar, viewer) {
    Object.assign(this, { bar, viewer, at: 0, steps: [], overlays: [], marked: [] });
    bar.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  get playing() {
    return Boolean(this.timer);
  }

  open(problem) {
    this.close();
    this.steps = problem.path;
    this.draw(problem);
    this.to(0);
    this.start();
    this.toggle.focus();
  }

  draw(problem) {
    this.bar.hidden = false;
    this.told = document.createElement("p");
    this.told.className = "player-told";
    this.told.setAttribute("role", "status");
    this.toggle = button(say("暂停", "Pause"), () => (this.playing ? this.stop() : this.again()));
    const title = document.createElement("p");
    title.className = "player-title";
    title.textContent = [problem.sentence, problem.article].filter(Boolean).join(" · ");
    const row = document.createElement("div");
    row.className = "player-acts";
    row.append(
      button(say("开头", "Start"), () => this.move(-this.at)),
      button(say("上一步", "Back"), () => this.move(-1)),
      this.toggle,
      button(say("下一步", "Step"), () => this.move(1)),
      button(say("结尾", "End"), () => this.move(this.steps.length)),
      button(say("关闭", "Close"), () => this.close()),
    );
    this.bar.replaceChildren(row, title, this.told);
  }

  move(by) {
    this.stop();
    this.to(this.at + by);
  }

  again() {
    if (this.at >= this.steps.length - 1) {
      this.to(0);
    }
    this.start();
  }

  start() {
    this.timer = setInterval(() => (this.at < this.steps.length - 1 ? this.to(this.at + 1) : this.stop()), PAUSE);
    this.look(say("暂停", "Pause"));
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.look(say("播放", "Play"));
  }

  look(words) {
    if (this.toggle) {
      this.toggle.textContent = words;
    }
  }

  to(wanted) {
    this.at = Math.max(0, Math.min(wanted, this.steps.length - 1));
    this.clear();
    const canvas = this.viewer.get("canvas");
    const registry = this.viewer.get("elementRegistry");
    const step = this.steps[this.at];
    this.steps.slice(0, this.at + 1).forEach(({ element }) => this.mark(canvas, registry, element, "played"));
    this.mark(canvas, registry, step.element, "playing");
    const tokens = step.tokens?.length ? step.tokens : [];
    const shown = [...new Set(tokens)].map((id) => registry.get(id)).filter(Boolean);
    // A box shows a token of its own only where none within it does.
    const own = shown.filter((one) => !shown.some((other) => other !== one && within(other, one)));
    own.forEach((one) => this.token(one, tokens.filter((id) => id === one.id).length));
    this.tell(registry, step);
    const seen = registry.get(step.element) || registry.get(tokens[0]);
    if (seen) {
      canvas.scrollToElement(seen, { top: 80, bottom: 140, left: 80, right: 80 });
    }
  }

  mark(canvas, registry, id, name) {
    const element = registry.get(id);
    // A box that holds steps would hide them under its colour.
    if (element && !(element.children?.length && !element.labelTarget)) {
      canvas.addMarker(id, name);
      this.marked.push([id, name]);
    }
  }

  token(element, count) {
    const made = document.createElement("div");
    made.className = "player-token";
    made.textContent = count > 1 ? String(count) : "";
    const left = element.waypoints ? Math.min(...element.waypoints.map((one) => one.x)) : element.x;
    const top = element.waypoints ? Math.min(...element.waypoints.map((one) => one.y)) : element.y;
    const isBox = element.children?.length;
    const [x, y] = element.waypoints ? middle(element.waypoints) : [element.x + (isBox ? 20 : element.width / 2), element.y + (isBox ? 20 : element.height / 2)];
    const position = { left: x - left - 10, top: y - top - 10 };
    this.overlays.push(this.viewer.get("overlays").add(element, "played", { position, html: made }));
  }

  tell(registry, step) {
    const element = registry.get(step.element);
    const ahead = element?.waypoints && element.target;
    const name = ahead ? `→ ${nameOf(ahead)}` : element ? nameOf(element) : step.element;
    const values = Object.entries(step.values || {}).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    const count = say(`第 ${this.at + 1} 步，共 ${this.steps.length} 步`, `Step ${this.at + 1} of ${this.steps.length}`);
    this.told.textContent = [count, name, ...values].filter(Boolean).join(" · ");
    this.bar.dataset.step = String(this.at + 1);
  }

  clear() {
    const canvas = this.viewer.get("canvas");
    const registry = this.viewer.get("elementRegistry");
    this.marked.forEach(([id, name]) => registry.get(id) && canvas.removeMarker(id, name));
    this.overlays.forEach((one) => this.viewer.get("overlays").remove(one));
    this.marked = [];
    this.overlays = [];
  }

  close() {
    clearInterval(this.timer);
    this.timer = 0;
    this.clear();
    this.bar.hidden = true;
  }
}
