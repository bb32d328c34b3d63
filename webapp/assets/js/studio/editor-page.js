// What the pages of tables and forms have in common: one file of a draft, typed into one editor.
import { openDraft, showStatus } from "./drafts.js";
import { expressionChecker } from "./feel/asking.js";
import { say } from "./feel/words.js";

const STEPS = ["undo", "redo"];

export class EditorPage {
  constructor(root, draft, vocabulary) {
    Object.assign(this, { root, draft, vocabulary, path: root.dataset.path, name: root.dataset.name, faults: [] });
    this.readonly = !draft.mayChange;
    this.ask = expressionChecker(`${draft.address}/expression`, draft.token);
    root.classList.toggle("is-readonly", this.readonly);
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  // A file that is not there is a new one; it is written with the first change.
  get text() {
    return this.draft.file(this.path) ?? this.fresh();
  }

  // `typing` is that of the editor; keystrokes in the parts come to it.
  async start(typing, parts) {
    this.typing = typing;
    this.parts = parts;
    typing.look = () => this.draft.look();
    parts.forEach((name) => typing.hear(this.part(name)));
    this.draft.hear(typing);
    this.draft.show(this.path);
    this.draft
      .on("loaded", (paths) => paths.includes(this.path) && this.load())
      .on("status", () => this.buttons())
      .on("closed", () => this.close());
    this.root.addEventListener("click", (event) => {
      const act = event.target.closest("[data-act]")?.dataset.act;
      if (STEPS.includes(act)) {
        this.draft[act]();
      }
    });
    showStatus(this.draft, this.part("status"));
    this.buttons();
    await this.load();
  }

  buttons() {
    for (const act of STEPS) {
      const button = this.root.querySelector(`[data-act="${act}"]`);
      button.hidden = this.readonly;
      button.disabled = !this.draft.status[`${act}able`];
    }
  }

  // The draft may not be changed any more: what is shown stays to be read.
  close() {
    this.typing.flush();
    this.readonly = true;
    this.parts.forEach((name) => (this.part(name).inert = true));
    this.buttons();
  }

  // Draws the file; what cannot be drawn is told.
  async drawn(draw, words) {
    const broken = this.part("broken");
    let fault = null;
    try {
      await draw();
    } catch (error) {
      fault = error;
    }
    broken.hidden = !fault;
    broken.textContent = fault ? `${words}${fault.message}` : "";
    this.part("canvas").hidden = Boolean(fault);
  }

  // The editor could not say what it shows: nothing of that is saved.
  fail(error) {
    this.draft.fail(this.path, new Error(`${say("编辑器出错，本页的修改没有写入：", "The editor failed; the changes on this page are not written: ")}${error.message}`));
  }
}

export async function openEditor(root, Page) {
  const draft = await openDraft({ id: root.dataset.draft, token: root.dataset.token });
  const vocabulary = await draft.asked("GET", "vocabulary").catch(() => ({}));
  const page = new Page(root, draft, vocabulary);
  await page.open();
  root.dataset.ready = "true";
  return page;
}
