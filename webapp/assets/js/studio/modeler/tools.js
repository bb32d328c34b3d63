// The bar above the diagram: undo across reloads, zoom, simulation, tabs of the side.
const ZOOMS = { in: 1.2, out: 1 / 1.2 };

export class Tools {
  constructor(page) {
    this.page = page;
    this.buttons = Object.fromEntries([...page.root.querySelectorAll("[data-act]")].map((one) => [one.dataset.act, one]));
    const acts = {
      undo: () => this.undo(),
      redo: () => this.redo(),
      in: () => this.zoom("in"),
      out: () => this.zoom("out"),
      whole: () => page.editor.get("canvas").zoom("fit-viewport", "auto"),
      simulate: () => this.simulate(),
      side: () => this.side(),
      find: () => page.editor.get("searchPad").toggle(),
    };
    for (const [name, act] of Object.entries(acts)) {
      this.buttons[name]?.addEventListener("click", act);
    }
    for (const tab of page.root.querySelectorAll("[role=tab]")) {
      tab.addEventListener("click", () => this.tab(tab.dataset.tab));
      tab.addEventListener("keydown", (event) => this.arrow(event));
    }
    if (!page.locked) {
      page.editor.get("keyboard").addListener(3000, ({ keyEvent }) => this.key(keyEvent));
    }
    page.editor.on("tokenSimulation.toggleMode", ({ active }) => this.simulating(active));
  }

  get stack() {
    return this.page.editor.get("commandStack");
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || this.active) {
      return undefined;
    }
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) {
      this.undo();
      return true;
    }
    if (key === "y" || (key === "z" && event.shiftKey)) {
      this.redo();
      return true;
    }
    return undefined;
  }

  // What was drawn since the page was opened is undone here, and the server takes its savings back
  // with it; what was saved before, by the server alone.
  async undo() {
    this.page.typing.settle();
    if (this.stack.canUndo()) {
      this.stack.undo();
    } else {
      await this.page.draft.undo();
    }
  }

  async redo() {
    this.page.typing.settle();
    if (this.stack.canRedo()) {
      this.stack.redo();
    } else {
      await this.page.draft.redo();
    }
  }

  zoom(which) {
    const canvas = this.page.editor.get("canvas");
    canvas.zoom(canvas.zoom() * ZOOMS[which]);
  }

  simulate() {
    this.page.player.close();
    this.page.editor.get("toggleMode").toggleMode();
  }

  simulating(active) {
    this.active = active;
    this.buttons.simulate.setAttribute("aria-pressed", String(active));
    this.page.root.classList.toggle("is-simulating", active);
    this.look();
  }

  side() {
    const closed = this.page.root.classList.toggle("side-closed");
    this.buttons.side.setAttribute("aria-expanded", String(!closed));
    this.page.editor.get("canvas").resized();
  }

  tab(name) {
    this.page.root.classList.remove("side-closed");
    for (const tab of this.page.root.querySelectorAll("[role=tab]")) {
      const chosen = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
    }
    this.page.editor.get("canvas").resized();
  }

  arrow(event) {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const other = [...this.page.root.querySelectorAll("[role=tab]")].find((one) => one !== event.currentTarget);
      this.tab(other.dataset.tab);
      other.focus();
    }
  }

  count(problems, errors = 0) {
    const badge = this.page.part("count");
    badge.textContent = problems === null ? "?" : String(problems);
    badge.className = `side-count ${errors ? "side-count-error" : problems ? "side-count-warning" : "side-count-fine"}`;
  }

  look() {
    const { status } = this.page.draft;
    const may = !this.page.locked && !this.active;
    this.buttons.undo.disabled = !may || !(this.stack.canUndo() || status.undoable);
    this.buttons.redo.disabled = !may || !(this.stack.canRedo() || (!this.stack.canUndo() && status.redoable));
  }
}
