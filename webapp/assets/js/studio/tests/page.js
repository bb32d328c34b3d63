// The page of scenarios: which there are, one of them as a table or as text, playing them.
import { openDraft, showStatus } from "../drafts.js";
import { say } from "../feel/words.js";
import { Composing } from "./composing.js";
import { Coverage } from "./coverage.js";
import { Rehearsal } from "./rehearsal.js";
import { brokenOff, counted, FIRST, lastRun, lost, mark } from "./said.js";
import { run } from "./run.js";
import { Table } from "./table.js";

const READ_AFTER = 400;
const WIDE = "(min-width: 62rem)"; // list and scenario stand beside each other
const FOLDER = "scenarios/";

export async function startTests(root) {
  const page = new Page(root);
  await page.open();
}

class Page {
  constructor(root) {
    this.root = root;
    this.results = {};
    this.last = {};
    this.allowed = new Set();
    this.scenarios = [];
    this.chosen = root.dataset.name;
    this.asText = false;
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  act(name) {
    return this.root.querySelector(`[data-act="${name}"]`);
  }

  async open() {
    const { draft: id, token, diagram } = this.root.dataset;
    this.draft = await openDraft({ id, token });
    showStatus(this.draft, this.part("status"));
    this.coverage = new Coverage(this.part("canvas"), this.part("told"));
    this.table = new Table(this.part("table"), (value) => this.compose(value), (row, at) => this.rehearsal.edit(row, at));
    this.rehearsal = new Rehearsal(this.part("play"), {
      ask: (value) => this.play(value),
      value: () => this.table.value,
      add: (row) => this.table.add(row),
      replace: (row, at) => this.table.replace(row, at),
      failed: (played) => {
        this.results[played.name] = played;
        this.show();
      },
      hold: (held) => (this.part("table").inert = held),
      registrars: this.root.dataset.registrars.split(" "),
    });
    this.composing = new Composing(this.draft, {
      table: this.part("table"),
      write: (path, text) => this.write(path, text),
      say: (words) => this.say(words),
      show: (path) => this.scenario?.path === path && this.refused(),
    });
    this.draft.on("loaded", () => this.read());
    this.listen();
    await this.read();
    await this.coverage.open(diagram);
  }

  listen() {
    this.part("new")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.make(new FormData(event.target).get("name"), FIRST);
      event.target.reset();
    });
    this.part("text").addEventListener("input", () => {
      this.composing.drop(this.scenario.path);
      this.write(this.scenario.path, this.part("text").value);
    });
    const acts = {
      "run-all": () => this.run([]),
      "run-one": () => this.run([this.scenario.name]),
      stop: () => this.stop?.(),
      table: () => this.turn(false),
      text: () => this.turn(true),
      play: () => this.rehearse(),
      copy: () => this.copy(),
      delete: () => this.remove(),
    };
    for (const [name, work] of Object.entries(acts)) {
      this.act(name)?.addEventListener("click", work);
    }
  }

  get scenario() {
    return this.scenarios.find((one) => one.name === this.chosen);
  }

  async read() {
    const files = Object.fromEntries(
      this.draft.paths.filter((path) => path.startsWith(FOLDER)).map((path) => [path, this.draft.file(path)]),
    );
    const turn = (this.reading = (this.reading || 0) + 1);
    try {
      const found = await this.draft.asked("POST", "scenarios/read", { files });
      if (turn !== this.reading) {
        return;
      }
      this.scenarios = found.scenarios;
      this.last = found.last;
      this.chosen ||= window.matchMedia(WIDE).matches ? this.scenarios[0]?.name : "";
    } catch (error) {
      this.say(error.message);
      return;
    }
    this.show();
  }

  readSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.read(), READ_AFTER);
  }

  show() {
    this.part("list").replaceChildren(...this.scenarios.map((one) => this.item(one)));
    this.part("one").hidden = !this.scenario;
    if (this.scenario) {
      this.showOne();
    }
  }

  item(one) {
    const line = document.createElement("li");
    const button = document.createElement("button");
    const name = document.createElement("code");
    button.type = "button";
    button.className = "tests-item";
    button.setAttribute("aria-current", String(one.name === this.chosen));
    name.textContent = one.name;
    button.append(`${this.mark(one)} ${say(one.title_zh || "", one.title_en || "")}`, name);
    button.addEventListener("click", () => {
      this.chosen = one.name;
      this.asText = one.faults.length > 0;
      this.rehearsal.close();
      this.show();
    });
    line.append(button);
    return line;
  }

  mark(one) {
    return mark(one, this.results[one.name], this.last[one.name]);
  }

  showOne() {
    const { scenario } = this;
    const asText = this.asText || scenario.faults.length > 0;
    const text = this.part("text");
    this.part("path").textContent = scenario.path;
    text.hidden = !asText;
    text.readOnly = !this.draft.mayChange;
    this.part("table").hidden = asText;
    this.act("table").setAttribute("aria-pressed", String(!asText));
    this.act("text").setAttribute("aria-pressed", String(asText));
    this.act("table").disabled = scenario.faults.length > 0;
    this.act("run-one").disabled = this.running || scenario.faults.length > 0;
    if (this.act("play")) {
      this.act("play").disabled = scenario.faults.length > 0;
    }
    if (asText && document.activeElement !== text) {
      text.value = this.draft.file(scenario.path) ?? "";
    } else if (!asText && (this.table.scenario?.path !== scenario.path || !this.part("table").contains(document.activeElement))) {
      // Rows that are in no text yet, or that the server refuses, are newer than the file.
      const typed = this.composing.typed(scenario.path);
      this.table.show({ ...scenario, ...typed }, typed ? null : this.results[scenario.name], !this.draft.mayChange);
      this.refused();
    }
    const kept = this.draft.mayChange && !asText && scenario.unkept?.length ? say(`此文件${lost(scenario.unkept)}`, lost(scenario.unkept)) : "";
    this.part("last").textContent = scenario.faults.length ? "" : [lastRun(this.results[scenario.name], this.last[scenario.name]), kept].filter(Boolean).join(" ");
    this.part("faults").replaceChildren(...scenario.faults.map((one) => this.fault(one)));
  }

  refused() {
    this.table.refuse(this.composing.fault(this.scenario.path)?.problem.errors);
  }

  fault(one) {
    const line = document.createElement("li");
    const where = say(`第 ${one.line} 行`, `Line ${one.line}`);
    line.textContent = [where, one.field, one.sentence].filter(Boolean).join(" · ");
    return line;
  }

  turn(asText) {
    this.asText = asText;
    this.show();
  }

  write(path, text) {
    delete this.results[this.scenarios.find((one) => one.path === path)?.name];
    this.draft.change(path, text);
    this.readSoon();
  }

  // A table keeps neither comments nor anchors: asked once a file, before they would be lost.
  mayCompose() {
    const { name, unkept } = this.scenario;
    if (!unkept?.length || this.allowed.has(name)) {
      return true;
    }
    const question = say(`${lost(unkept)}继续用表格修改吗？选“取消”可改用文本，原样保留。`, `${lost(unkept)} Go on with the table? Cancel to edit the text, which keeps them.`);
    if (window.confirm(question)) {
      this.allowed.add(name);
      return true;
    }
    this.turn(true);
    return false;
  }

  compose(value) {
    if (this.mayCompose()) {
      this.composing.compose(this.scenario.path, value);
    }
  }

  // Plays rows on the draft as it was saved, beside the scenarios as they are.
  async play(value) {
    const unsaved = Object.entries(this.draft.unsaved).filter(([path]) => path.startsWith(FOLDER));
    return this.draft.asked("POST", "scenarios/play", { name: this.chosen, files: Object.fromEntries(unsaved), ...value });
  }

  rehearse() {
    if (!this.mayCompose()) {
      return;
    }
    this.asText = false;
    this.showOne();
    this.rehearsal.begin();
    this.part("play").scrollIntoView({ block: "nearest" });
  }

  make(name, text) {
    const path = `${FOLDER}${name}.yaml`;
    if (this.draft.file(path) !== undefined) {
      this.say(say(`已有场景 ${name}，请换一个名称`, `There is a scenario ${name}; choose another name`));
      return;
    }
    this.chosen = name;
    this.draft.change(path, text);
    this.read();
  }

  copy() {
    const taken = new Set(this.scenarios.map((one) => one.name));
    let number = 2;
    while (taken.has(`${this.chosen}_${number}`)) {
      number += 1;
    }
    this.make(`${this.chosen}_${number}`, this.draft.file(this.scenario.path));
  }

  async remove() {
    const { name, path } = this.scenario;
    if (window.confirm(say(`删除场景 ${name}？可用“撤销”找回。`, `Delete the scenario ${name}? Undo brings it back.`))) {
      this.chosen = "";
      if (await this.draft.remove(path)) {
        this.composing.drop(path);
      }
      await this.read();
    }
  }

  async run(only) {
    if (this.running) {
      return;
    }
    this.busy(true);
    if (!(await this.draft.saveNow()) && this.draft.mayChange) {
      this.busy(false);
      return;
    }
    this.counts = { wanted: 0, done: 0, failed: 0 };
    this.act("stop").hidden = false;
    this.tell(say("正在准备…", "Preparing…"));
    this.stop = run(this.draft, only, (event) => this.take(event), (error) => this.ended(error));
  }

  take(event) {
    const { counts } = this;
    if (event.kind === "begun") {
      counts.wanted = event.scenarios;
    } else if (event.kind === "played") {
      this.results[event.name] = event;
      counts.done += 1;
      counts.failed += event.passed ? 0 : 1;
      this.tell(counted(counts));
      this.show();
    } else if (event.kind === "faulty") {
      counts.done += 1;
      counts.failed += 1;
    } else if (event.kind === "refused") {
      this.say([event.sentence, ...event.faults.map((one) => `${one.field} ${one.sentence}`)].join(" · "));
    } else if (event.kind === "coverage") {
      this.coverage.show(event);
    } else if (event.kind === "ended" && !event.whole) {
      this.say(brokenOff(event.why));
    }
  }

  ended(error) {
    this.stop = null;
    this.act("stop").hidden = true;
    this.busy(false);
    if (error) {
      this.say(error.message);
    }
  }

  busy(running) {
    this.running = running;
    this.act("run-all").disabled = running;
    this.act("run-one").disabled = running || this.scenario?.faults.length > 0;
  }

  tell(words) {
    this.part("summary").textContent = words;
  }

  say(words) {
    this.part("broken").hidden = !words;
    this.part("broken").textContent = words;
  }
}
