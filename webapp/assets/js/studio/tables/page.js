// The page of a draft's decision table: the editor, what is wrong beside the rows, trying it.
import { EditorPage, openEditor } from "../editor-page.js";
import { say } from "../feel/words.js";
import { TableEditor, emptyTable } from "./editor.js";
import { listFaults, markFaults } from "./faults.js";
import { Trial } from "./trial.js";

const CHECK_AFTER = 400;
// Cells that a browser draws and redraws without a wait that one notices.
const DRAWN = 2500;

class TablePage extends EditorPage {
  constructor(root, draft, vocabulary) {
    super(root, draft, vocabulary);
    this.decisions = [];
    this.canvas = this.part("canvas");
    this.editor = new TableEditor(this.canvas, { readonly: this.readonly, vocabulary, fail: (error) => this.fail(error) });
    this.trial = new Trial(this.part("trial"), {
      names: () => vocabulary.names || [],
      ask: (decision, values) => this.asked("try", { content: this.text, decision, values }),
      show: { matched: (rules) => this.matched(rules), numbers: (id, rules) => this.rowWords(rules) },
    });
  }

  fresh() {
    return (this.empty ||= emptyTable(this.name, this.draft.process));
  }

  asked(what, body) {
    return this.draft.asked("POST", `tables/${this.name}/${what}`, body);
  }

  async open() {
    this.editor.on("changed", (text) => {
      this.draft.change(this.path, text);
      this.checkSoon();
    });
    this.editor.on("viewed", () => this.viewed());
    this.editor.on("drawn", () => requestAnimationFrame(() => this.mark()));
    this.part("replace")?.addEventListener("change", ({ target }) => this.replace(target));
    await this.start(this.editor.typing, ["canvas"]);
  }

  // What another tool wrote comes back as one saving, to be undone like any other.
  async replace(chosen) {
    const [file] = chosen.files;
    if (file) {
      this.draft.change(this.path, await file.text());
      chosen.value = "";
      await this.load();
    }
  }

  // A table with very many rows would keep the browser busy: it is told, not drawn.
  async load() {
    const rows = (this.text.match(/<(?:\w+:)?rule[\s>]/g) || []).length;
    const cells = (this.text.match(/<(?:\w+:)?(?:in|out)putEntry[\s>]/g) || []).length;
    const many = cells > DRAWN;
    this.part("many").hidden = !many;
    if (many) {
      this.canvas.hidden = true;
      this.many(rows, cells);
    } else {
      await this.drawn(() => this.editor.open(this.text), say("文件不能显示：", "The file cannot be shown: "));
    }
    this.check();
  }

  many(rows, cells) {
    const most = Number(this.root.dataset.rows);
    this.part("many-words").textContent = say(
      `这个文件有 ${rows} 行规则、${cells} 个单元格。超过 ${DRAWN} 个单元格的不在页面上画出，请下载后用其他工具修改，或把表拆小。检查和试一试照常可用；引擎每个表最多 ${most} 行。`,
      `This file has ${rows} rules with ${cells} cells. More than ${DRAWN} cells are not drawn here: download the file and change it with another tool, or split the table. Checking and trying work as ever; the engine takes at most ${most} rules a table.`,
    );
    const link = this.part("download");
    URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([this.text], { type: "application/xml" }));
    link.download = this.path;
  }

  viewed() {
    const tabs = this.part("views");
    tabs.replaceChildren(...this.editor.views.map((view) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "table-view";
      button.textContent = view.type === "drd" ? say("依赖图", "Requirements") : view.name || view.element.id;
      button.setAttribute("aria-pressed", String(view.id === this.editor.active?.id));
      button.addEventListener("click", () => this.editor.show(view.id));
      return button;
    }));
    this.tried();
    requestAnimationFrame(() => this.mark());
  }

  checkSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), CHECK_AFTER);
  }

  async check() {
    const turn = (this.turn = (this.turn || 0) + 1);
    const summary = this.part("summary");
    try {
      const found = await this.asked("check", { content: this.text });
      if (turn === this.turn) {
        this.faults = found.faults;
        this.decisions = found.decisions;
        this.list();
        this.tried();
      }
    } catch (error) {
      if (turn !== this.turn) {
        return;
      }
      summary.textContent = say(`没有检查：${error.message}`, `Not checked: ${error.message}`);
    }
  }

  list() {
    const errors = this.faults.filter((one) => one.severity === "error").length;
    const summary = this.part("summary");
    summary.className = `table-summary ${errors ? "is-wrong" : "is-right"}`;
    const clean = this.faults.length ? say("没有错误，有提醒", "No errors, some warnings") : say("没有缺口、重叠和到不了的行", "No gaps, no overlaps, every row counts");
    summary.textContent = errors ? say(`${errors} 处须更正，否则不能上线`, `${errors} to mend before it can go live`) : clean;
    listFaults(this.part("faults"), this.faults, {
      order: this.order,
      readonly: this.readonly || this.canvas.hidden,
      addRow: (cells) => this.editor.addRow(cells),
      go: (fault) => this.go(fault),
    });
    this.mark();
  }

  // Ids of the rows of the table that is shown.
  get order() {
    return [...(this.editor.active?.element?.decisionLogic?.rule || [])].map((one) => one.id);
  }

  rowWords(rules) {
    const rows = rules.map((id) => this.order.indexOf(id) + 1).filter(Boolean);
    return rows.length ? say(`第 ${rows.join("、")} 行`, `row ${rows.join(", ")}`) : "";
  }

  mark() {
    const here = this.editor.decision;
    markFaults(this.canvas, this.faults.filter((one) => !one.decision || one.decision === here));
  }

  matched(rules) {
    for (const one of this.canvas.querySelectorAll(".row-matched")) {
      one.classList.remove("row-matched");
    }
    for (const rule of rules) {
      for (const one of this.canvas.querySelectorAll(`td[data-row-id="${CSS.escape(rule)}"]`)) {
        one.classList.add("row-matched");
      }
    }
  }

  async go(fault) {
    if (fault.decision && fault.decision !== this.editor.decision) {
      await this.editor.show(fault.decision);
    }
    const row = fault.rules[0] && this.canvas.querySelector(`td[data-row-id="${CSS.escape(fault.rules[0])}"]`);
    (row || this.canvas).scrollIntoView({ block: "center", inline: "nearest" });
  }

  tried() {
    const here = this.editor.active ? this.editor.decision : this.decisions[0]?.id;
    const found = this.decisions.find((one) => one.id === here) || this.decisions.at(-1);
    this.part("trial-card").hidden = !found;
    if (found) {
      this.trial.about(found.id, found.reads);
    }
  }
}

export const startTables = (root) => openEditor(root, TablePage);
