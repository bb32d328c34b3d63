// A scenario as a table: a row for each step, with what became of it.
import { say } from "../feel/words.js";
import { element, named } from "./names.js";

const KINDS = {
  start: ["立案", "Registered"],
  task: ["办理任务", "Does a task"],
  act: ["做事项", "Does an act"],
  wait: ["时间经过", "Time passes"],
  expect: ["应当", "Expect"],
};
const REFUSALS = {
  "": ["应当办成", "Is done"],
  not_allowed: ["应被拒绝：无权", "Refused: not allowed"],
  invalid: ["应被拒绝：内容有误", "Refused: invalid"],
  conflict: ["应被拒绝：与现状冲突", "Refused: conflict"],
  not_found: ["应被拒绝：没有", "Refused: not found"],
};

function choices(words, value, readOnly) {
  const select = element("select", { className: "form-select", disabled: readOnly });
  for (const [id, [zh, en]] of Object.entries(words)) {
    select.append(element("option", { value: id, textContent: say(zh, en), selected: id === value }));
  }
  return select;
}

export class Table {
  // `changed` is told the rows, `fill` opens the form of one.
  constructor(container, changed, fill) {
    Object.assign(this, { container, changed, fill, rows: [] });
  }

  add(row) {
    this.rows.push(row);
    this.draw();
    this.tell();
  }

  replace(row, at) {
    this.rows[at] = row;
    this.draw();
    this.tell();
  }

  show(scenario, result, readOnly) {
    this.scenario = scenario;
    this.readOnly = readOnly;
    this.rows = scenario.rows.map((row) => ({ ...row }));
    this.result = result;
    this.draw();
  }

  draw() {
    const head = element("div", { className: "tests-head" });
    head.append(...["title_zh", "title_en", "clock", "before"].map((name) => this.heading(name)));
    this.container.replaceChildren(head, ...this.rows.map((row, at) => this.row(row, at)));
  }

  heading(name) {
    const words = {
      title_zh: say("中文标题", "Chinese title"),
      title_en: say("英文标题", "English title"),
      clock: say("开始时刻（北京时间）", "Begins (Beijing time)"),
      before: say("之前发生的场景", "Scenarios before it"),
    };
    const label = element("label", { className: "field", textContent: words[name] });
    const input = element("input", { className: "form-control", value: this.scenario[name], readOnly: this.readOnly });
    input.addEventListener("change", () => {
      this.scenario[name] = input.value;
      this.tell();
    });
    label.append(input);
    return label;
  }

  // What the server refuses stands at its row; nothing else is drawn, somebody may be typing.
  refuse(errors = {}) {
    this.container.querySelectorAll(".tests-refused").forEach((one) => one.remove());
    this.container.querySelectorAll(".tests-row").forEach((line, at) => {
      const words = [errors[`rows.${at}`] || []].flat().join(" ");
      line.querySelector("textarea")?.setAttribute("aria-invalid", String(Boolean(words)));
      if (words) {
        line.append(element("p", { className: "tests-told tests-refused field-error", textContent: words }));
      }
    });
  }

  row(row, at) {
    const line = element("div", { className: `tests-row step-${this.result?.steps?.[at] || "none"}` });
    line.append(element("span", { className: "number soft", textContent: at || "" }));
    if (row.kind === "expect") {
      line.append(this.kind(row, at), this.answers(row), this.side(row, at));
      return this.told(line, at);
    }
    line.append(this.kind(row, at), this.field(row, "by", ["start", "task", "act"], say("谁", "Who"), "people"));
    line.append(this.field(row, "name", ["task", "act", "wait"], row.kind === "wait" ? say("时刻或时段 P1D", "Instant or P1D") : row.kind === "task" ? say("任务", "Task") : say("事项", "Act"), { task: "tasks", act: "acts" }[row.kind]));
    if (row.which) {
      line.lastElementChild.append(element("span", { className: "soft small tests-which", textContent: say(`哪一项：${row.which}`, `Which: ${row.which}`) }));
    }
    line.append(this.answers(row), this.side(row, at));
    return this.told(line, at);
  }

  side(row, at) {
    const side = element("div", { className: "tests-side" });
    side.append(this.acts(at), ...(["start", "task", "act"].includes(row.kind) ? [this.refusal(row)] : []));
    return side;
  }

  told(line, at) {
    for (const one of this.result?.failures?.filter((each) => each.step === at) || []) {
      line.append(element("p", { className: "tests-told field-error", textContent: one.sentence }));
    }
    return line;
  }

  kind(row, at) {
    if (at === 0) {
      return element("span", { textContent: say(...KINDS.start) });
    }
    const { start, ...rest } = KINDS;
    const select = choices(rest, row.kind, this.readOnly);
    select.setAttribute("aria-label", say("做什么", "What happens"));
    select.addEventListener("change", () => {
      row.kind = select.value;
      this.draw();
      this.tell();
    });
    return select;
  }

  field(row, name, kinds, label, list) {
    if (!kinds.includes(row.kind)) {
      return element("span");
    }
    const input = element("input", { className: "form-control", value: row[name] || "", readOnly: this.readOnly, placeholder: label });
    input.setAttribute("aria-label", label);
    this.watched(input, row, name);
    if (!list) {
      return input;
    }
    input.setAttribute("list", `tests-${list}`);
    const cell = element("div");
    const words = element("span", { className: "soft small tests-named" });
    const tell = () => (words.textContent = input.value && named(list, input.value) !== input.value ? named(list, input.value) : "");
    input.addEventListener("input", tell);
    tell();
    cell.append(input, words);
    return cell;
  }

  answers(row) {
    if (row.kind === "wait") {
      return element("span");
    }
    const lines = (row.text || "").trim().split("\n").length;
    const area = element("textarea", { className: "form-control", value: (row.text || "").trimEnd(), rows: Math.max(1, lines), readOnly: this.readOnly, spellcheck: false });
    area.classList.toggle("tests-wide", row.kind === "expect");
    area.setAttribute("aria-label", row.kind === "expect" ? say("应当怎样，每行写名称、冒号和值", "What must follow, a line “name: value” each") : say("答案，每行写字段、冒号和值", "Answers, a line “field: value” each"));
    return this.watched(area, row, "text");
  }

  refusal(row) {
    const select = choices(REFUSALS, row.refused || "", this.readOnly);
    select.classList.add("tests-outcome");
    select.classList.toggle("is-refused", Boolean(row.refused));
    select.setAttribute("aria-label", say("结果", "Outcome"));
    return this.watched(select, row, "refused");
  }

  watched(input, row, name) {
    input.addEventListener("change", () => {
      row[name] = input.value;
      this.tell();
    });
    return input;
  }

  acts(at) {
    const group = element("span", { className: "editor-acts" });
    if (this.readOnly) {
      return group;
    }
    const act = (mark, words, work) => {
      const button = element("button", { type: "button", className: "btn btn-plain btn-small", textContent: mark, title: words });
      button.setAttribute("aria-label", words);
      button.addEventListener("click", () => {
        work();
        this.draw();
        this.tell();
      });
      group.append(button);
    };
    if (["start", "task", "act"].includes(this.rows[at].kind)) {
      const words = say("用表单填写", "Fill in the form");
      const fill = element("button", { type: "button", className: "btn btn-plain btn-small", textContent: say("表单", "Form"), title: words });
      fill.addEventListener("click", () => this.fill(this.rows[at], at));
      group.append(fill);
    }
    act("＋", say("在下面加一步", "Add a step below"), () => this.rows.splice(at + 1, 0, { kind: "wait", name: "P1D" }));
    if (at > 1) {
      act("↑", say("上移", "Move up"), () => this.rows.splice(at - 1, 0, ...this.rows.splice(at, 1)));
    }
    if (at > 0) {
      act("×", say("删除此步", "Delete this step"), () => this.rows.splice(at, 1));
    }
    return group;
  }

  get value() {
    const { title_zh, title_en, clock, before } = this.scenario;
    const rows = this.rows.map((row) => ({ by: "", name: "", text: "", refused: "", ...row }));
    return { title_zh, title_en, clock, before, rows };
  }

  tell() {
    this.result = null;
    this.changed(this.value);
  }
}
