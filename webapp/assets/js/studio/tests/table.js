// A scenario as a table: a row for each step, with what became of it.
import { say } from "../feel/words.js";

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

function element(name, values = {}) {
  return Object.assign(document.createElement(name), values);
}

function choices(words, value, readOnly) {
  const select = element("select", { className: "form-select", disabled: readOnly });
  for (const [id, [zh, en]] of Object.entries(words)) {
    select.append(element("option", { value: id, textContent: say(zh, en), selected: id === value }));
  }
  return select;
}

export class Table {
  constructor(container, changed) {
    Object.assign(this, { container, changed, rows: [] });
  }

  show(scenario, result, readOnly) {
    this.scenario = scenario;
    this.readOnly = readOnly;
    this.rows = scenario.rows.map((row) => ({ ...row }));
    this.result = result;
    this.draw();
  }

  draw() {
    const head = ["title_zh", "title_en", "clock", "before"].map((name) => this.heading(name));
    this.container.replaceChildren(...head, ...this.rows.map((row, at) => this.row(row, at)), this.next());
  }

  // Where the last run ended: which tasks are open, to go on from there, and what is true.
  next() {
    const stands = this.result?.stands;
    const group = element("div", { className: "tests-next", hidden: !stands || this.readOnly });
    if (!stands) {
      return group;
    }
    const when = stands.now.replace("T", " ");
    group.append(element("p", { className: "soft", textContent: say(`运行到 ${when}。接着：`, `Played until ${when}. Go on with:`) }));
    const offer = (words, row) => {
      const button = element("button", { type: "button", className: "btn btn-plain btn-small", textContent: words });
      button.addEventListener("click", () => {
        this.rows.push(row);
        this.draw();
        this.tell();
      });
      group.append(button);
    };
    for (const { element: name, fields } of stands.tasks) {
      const text = fields.map((key) => `${key}: ''`).join("\n");
      offer(say(`办理 ${name}`, `Do ${name}`), { kind: "task", by: "", name, text });
    }
    offer(say("过一天", "Let a day pass"), { kind: "wait", name: "P1D" });
    const facts = Object.entries(stands.facts).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    offer(say("记下此刻的状态", "Expect what is true now"), { kind: "expect", text: facts.join("\n") });
    return group;
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

  row(row, at) {
    const line = element("div", { className: `tests-row step-${this.result?.steps?.[at] || "none"}` });
    line.append(element("span", { className: "number soft", textContent: at || "" }));
    line.append(this.kind(row, at), this.field(row, "by", ["start", "task", "act"], say("谁", "Who"), "tests-people"));
    line.append(this.field(row, "name", ["task", "act", "wait"], row.kind === "wait" ? say("时刻或时段 P1D", "Instant or P1D") : say("任务或事项", "Task or act")));
    line.append(this.answers(row), this.acts(at));
    if (["start", "task", "act"].includes(row.kind)) {
      line.append(this.refusal(row));
    }
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
    if (list) {
      input.setAttribute("list", list);
    }
    return this.watched(input, row, name);
  }

  answers(row) {
    if (row.kind === "wait") {
      return element("span");
    }
    const lines = (row.text || "").trim().split("\n").length;
    const area = element("textarea", { className: "form-control", value: (row.text || "").trimEnd(), rows: Math.max(1, lines), readOnly: this.readOnly, spellcheck: false });
    area.setAttribute("aria-label", row.kind === "expect" ? say("应当怎样，每行写名称、冒号和值", "What must follow, a line “name: value” each") : say("答案，每行写字段、冒号和值", "Answers, a line “field: value” each"));
    return this.watched(area, row, "text");
  }

  refusal(row) {
    const select = choices(REFUSALS, row.refused || "", this.readOnly);
    select.classList.add("tests-told");
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
    act("＋", say("在下面加一步", "Add a step below"), () => this.rows.splice(at + 1, 0, { kind: "wait", name: "P1D" }));
    if (at > 1) {
      act("↑", say("上移", "Move up"), () => this.rows.splice(at - 1, 0, ...this.rows.splice(at, 1)));
    }
    if (at > 0) {
      act("×", say("删除此步", "Delete this step"), () => this.rows.splice(at, 1));
    }
    return group;
  }

  tell() {
    this.result = null;
    const { title_zh, title_en, clock, before } = this.scenario;
    const rows = this.rows.map((row) => ({ by: "", name: "", text: "", refused: "", ...row }));
    this.changed({ title_zh, title_en, clock, before, rows });
  }
}
