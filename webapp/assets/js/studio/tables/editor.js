// dmn-js within a draft: opens the file, says when it changed, switches between its decisions.
import Modeler from "dmn-js/lib/Modeler";
import Viewer from "dmn-js/lib/NavigatedViewer";
import { is } from "dmn-js-shared/lib/util/ModelUtil";
import { Typing } from "../drafts-typing.js";
import { BUILTINS } from "../feel/builtins.js";
import { kindWords, say } from "../feel/words.js";
import { spoken } from "./chinese.js";

const WAIT = 500;
const [PALETTE, HEADING] = [160, 130];
const VIEWS = ["drd", "decisionTable", "literalExpression", "boxedExpression"];

// Our engine takes FEEL alone.
const LANGUAGES = [{ label: "FEEL", value: "feel" }];

// As our files are written, so that a comparison shows what a person changed and nothing else.
function quiet(xml) {
  const closed = xml.replace(/(<[\w:][^<>]*?)\s+\/>/g, "$1/>");
  const policy = closed.replace(/(<(?:\w+:)?decisionTable id="[^"]*")(?![^>]*hitPolicy)/g, '$1 hitPolicy="UNIQUE"');
  return policy.endsWith("\n") ? policy : `${policy}\n`;
}

// Names as the editor of cells wants them: `case.level` is an entry of `case`.
function variablesOf(vocabulary) {
  const roots = [];
  for (const one of vocabulary.names || []) {
    let list = roots;
    const parts = one.name.split(".");
    parts.forEach((name, at) => {
      const last = at === parts.length - 1;
      let found = list.find((other) => other.name === name);
      if (!found) {
        found = { name, entries: [], detail: last ? kindWords(one.type) : "", info: last ? one.words : "" };
        list.push(found);
      }
      list = found.entries;
    });
  }
  return roots;
}

function functionsOf(vocabulary) {
  const ours = (vocabulary.functions || []).map((one) => ({
    name: one.name, type: "function", info: one.words, detail: kindWords(one.result),
    params: (one.parameters || []).map((part) => ({ name: part.name || String(part) })),
  }));
  return [...ours, ...BUILTINS.map((name) => ({ name, type: "function", params: [] }))];
}

export class TableEditor {
  constructor(container, { readonly, vocabulary, fail }) {
    const english = document.documentElement.lang.startsWith("en");
    this.container = container;
    this.readonly = readonly;
    this.listeners = {};
    this.heard = new WeakSet();
    this.typing = new Typing({
      pause: WAIT,
      root: container,
      text: () => this.written(),
      write: (text) => text !== this.text && this.wrote(text),
      fail,
    });
    const variables = variablesOf(vocabulary);
    const resolver = {
      variableResolver: ["value", { getVariables: () => variables, registerProvider() {} }],
      feelLanguageContext: ["value", { getConfig: () => ({ builtins: functionsOf(vocabulary) }) }],
    };
    const view = { additionalModules: [spoken(english), resolver] };
    const Editor = readonly ? Viewer : Modeler;
    this.modeler = new Editor({
      container,
      common: { expressionLanguages: { options: LANGUAGES, defaults: { editor: "feel" } } },
      ...Object.fromEntries(VIEWS.map((name) => [name, view])),
    });
    this.modeler.on("views.changed", () => this.viewed());
  }

  on(name, listener) {
    this.listeners[name] = listener;
    return this;
  }

  async open(text) {
    this.quiet = true;
    this.typing.drop();
    try {
      const before = this.modeler.getActiveView()?.id;
      await this.modeler.importXML(text, { open: false });
      const views = this.views;
      const again = views.find((one) => one.id === before);
      const first = views.find((one) => one.type !== "drd") || views[0];
      await this.modeler.open(again || first);
      this.text = this.loaded = text;
      this.plain = this.readonly ? text : await this.saved();
    } finally {
      this.quiet = false;
    }
  }

  async saved() {
    return quiet((await this.modeler.saveXML({ format: true })).xml);
  }

  // The text that was opened, as long as nothing differs from it, however it was written.
  async written() {
    const text = await this.saved();
    return text === this.plain ? this.loaded : text;
  }

  wrote(text) {
    this.text = text;
    this.listeners.changed?.(text);
  }

  get views() {
    return this.modeler.getViews();
  }

  get active() {
    return this.modeler.getActiveView();
  }

  // The decision that is shown; "" on the graph.
  get decision() {
    return this.active?.type === "drd" ? "" : this.active?.element.id || "";
  }

  show(id) {
    const view = this.views.find((one) => one.id === id || one.element.id === id);
    return view && this.modeler.open(view);
  }

  viewed() {
    const viewer = this.modeler.getActiveViewer();
    this.viewer = viewer;
    if (viewer && !this.heard.has(viewer)) {
      this.heard.add(viewer);
      viewer.on("commandStack.changed", () => this.changed());
      viewer.on("elements.changed", () => this.listeners.drawn?.());
    }
    const graph = this.active?.type === "drd";
    this.container.classList.toggle("table-graph", graph);
    if (graph) {
      this.fit(viewer.get("canvas"));
    }
    this.listeners.viewed?.();
  }

  // Beside the palette, not under it.
  fit(canvas) {
    canvas.resized();
    canvas.zoom("fit-viewport", "auto");
    const { inner, x, y } = canvas.viewbox();
    canvas.scroll({ dx: Math.max(0, PALETTE - (inner.x - x)), dy: Math.max(0, HEADING - (inner.y - y)) });
  }

  changed() {
    if (!this.quiet && !this.readonly) {
      this.typing.changed();
    }
  }

  // Adds a row of the table with these cells by input expression, selected for the answer.
  addRow(cells) {
    const logic = this.active.element.decisionLogic;
    if (!is(logic, "dmn:DecisionTable")) {
      return;
    }
    const sheet = this.viewer.get("sheet");
    const root = sheet.getRoot();
    const modeling = this.viewer.get("modeling");
    const row = modeling.addRow({ type: "dmn:DecisionRule" }, root.rows.length);
    logic.input.forEach((input, at) => {
      const expression = input.inputExpression?.text;
      if (cells[expression]) {
        modeling.editCell(row.cells[at].businessObject, cells[expression]);
      }
    });
    const first = row.cells[logic.input.length];
    this.viewer.get("cellSelection").setSelected?.(first.id) ?? this.viewer.get("cellSelection").select?.(first.id);
    this.container.querySelector(`[data-row-id="${row.id}"]`)?.scrollIntoView({ block: "center" });
  }
}

// A new file: one table with one input and one answer, which the designer names.
export function emptyTable(name, process) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="${name}_definitions" name="${name}" namespace="urn:bihuan:${process}">
  <decision id="${name}" name="${say("新决策表", "New decision table")}">
    <variable id="${name}_variable" name="${name}" />
    <decisionTable id="${name}_table" hitPolicy="UNIQUE">
      <input id="${name}_in1" label="${say("隐患等级", "Level")}">
        <inputExpression id="${name}_in1_expression" typeRef="string">
          <text>case.level</text>
        </inputExpression>
        <inputValues id="${name}_in1_values">
          <text>"general","larger","major"</text>
        </inputValues>
      </input>
      <output id="${name}_out1" label="${say("结果", "Answer")}" name="answer" typeRef="string" />
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="${name}_diagram">
      <dmndi:DMNShape id="${name}_di" dmnElementRef="${name}">
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;
}
