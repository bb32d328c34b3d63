// The files of a draft as an editor holds them: loaded, saved by themselves, checked, taken back.
//
//   const draft = await openDraft({ id, token });         // token: what X-CSRFToken carries
//   draft.file("forms/rectify.json")                       // its text, unsaved changes included
//   draft.change(path, text)                               // saved and checked a little later
//   draft.hear(typing)                                     // what is typed and in no text yet
//   draft.on("loaded", (paths) => …)     draw these files anew: others saved, or a step was undone
//   draft.on("status", (status) => …)    {state, sentence, undoable, redoable}, state one of STATES
//   draft.on("checking", (how) => …)     {long} where the answer is long in coming
//   draft.on("checked", (examination) => …)
//   draft.on("unchecked", (how) => …)    {why, again}: whether it is asked again by itself
//   draft.on("closed", () => …)          it may not be changed any more: let nothing be typed
//   draft.on("told", (sentence) => …)    whose saving was taken back, or why none was
//   await draft.undo(), draft.redo(), draft.saveNow(), draft.remove(path); draft.checkSoon()
//
// `showStatus(draft, element)` draws the state. Whatever is not saved is kept in the browser too.
// Facts are kept in `files` and in the fields of Draft; the state is derived from them alone
// (drafts-status.js), and all that writes waits in one line (drafts-saving.js).
import { Backup } from "./drafts-backup.js";
import { call } from "./drafts-call.js";
import { Checking } from "./drafts-checking.js";
import { Files } from "./drafts-files.js";
import { Pages } from "./drafts-pages.js";
import { Saving } from "./drafts-saving.js";
import { stateOf } from "./drafts-status.js";

export { STATES, showStatus } from "./drafts-status.js";

const SAVE_AFTER = 1200;

export async function openDraft({ id, token }) {
  const draft = new Draft(id, token);
  await draft.load();
  return draft;
}

class Draft {
  constructor(id, token) {
    Object.assign(this, { id, token, address: `/drafts/${id}`, listeners: {}, steps: {}, broken: new Map() });
    this.status = { state: "saved", sentence: "", undoable: false, redoable: false };
    this.checking = new Checking(this);
    this.saving = new Saving(this);
  }

  on(name, listener) {
    (this.listeners[name] ||= []).push(listener);
    return this;
  }

  hears(name) {
    return Boolean(this.listeners[name]?.length);
  }

  tell(name, value) {
    for (const listener of this.listeners[name] || []) {
      try {
        const done = listener(value);
        done?.catch?.(reportError);
      } catch (error) {
        // What a page does with the news must not keep the work from being saved.
        reportError(error);
      }
    }
  }

  file(path) {
    return this.files.text(path);
  }

  get paths() {
    return this.files.paths;
  }

  // Texts by path.
  get unsaved() {
    return Object.fromEntries([...this.files.unsaved].map(([path, { text }]) => [path, text]));
  }

  async load() {
    const found = await call(this.token, "GET", `${this.address}/files`);
    this.pages = new Pages(found.reader, this.id);
    this.pages.saved = (revision) => revision > this.revision && this.saving.refresh();
    this.backup = new Backup(found.reader, this.id, this.pages.id);
    this.files = new Files(this.backup);
    this.take(found);
    await this.restore();
    window.addEventListener("beforeunload", (event) => this.leaving(event));
    window.addEventListener("pagehide", () => this.flush());
    window.addEventListener("online", () => this.saveNow());
    document.addEventListener("visibilitychange", () => document.hidden && this.saveNow());
    this.look();
  }

  // What the server says of the whole draft; returns the files that pages should draw anew.
  take(value) {
    const { process, revision, state, may_change: mayChange } = value;
    const closed = this.mayChange && !mayChange;
    Object.assign(this, { process, revision, state, mayChange, behind: null });
    this.next(value);
    const drawn = this.files.take(value.files);
    if (closed) {
      this.tell("closed");
    }
    return drawn;
  }

  // Which savings undoing and doing again would be about.
  next({ undo, redo }) {
    this.steps = { undo, redo };
  }

  // What pages that are not open any more kept and could not save.
  async restore() {
    const left = this.backup.others;
    if (!left.length || !this.mayChange) {
      return;
    }
    const open = await this.pages.others();
    const gone = left.filter((one) => !open.has(one.page));
    // Of one file the last; an older one waits until the file is opened again.
    for (const one of gone.filter((each, at) => gone.findIndex((other) => other.path === each.path) === at)) {
      this.files.restore(one);
      this.backup.drop(one.path, one.page);
    }
    this.restored = this.files.unsaved.size > 0;
    if (this.files.clashing.length) {
      this.saving.settleSoon();
    } else if (this.restored) {
      this.saveSoon();
    }
  }

  // Unsaved work of this page and of others, where the draft may not be changed.
  get kept() {
    const mine = [...this.files.unsaved].map(([path, { text }]) => ({ path, text, at: "", forget: () => this.forget(path) }));
    const left = this.backup.others.filter((one) => one.text !== this.files.saved[one.path]);
    return [...mine, ...left.map((one) => ({ ...one, forget: () => this.backup.drop(one.path, one.page) }))];
  }

  forget(path) {
    this.files.discard(path);
    this.tell("loaded", [path]);
  }

  // Typing: {waiting, flush()}; what it holds is on its way into a text.
  hear(typing) {
    this.typing = typing;
  }

  get waiting() {
    return Boolean(this.typing?.waiting);
  }

  // The one file that a page is about.
  show(path) {
    this.shown = path;
    this.look();
  }

  flush() {
    return Promise.resolve(this.typing?.flush());
  }

  // What was typed while an answer was on its way is in its text before anything is drawn anew.
  async settled() {
    while (this.waiting) {
      await this.flush();
    }
  }

  leaving(event) {
    const unsaved = () => this.waiting || this.broken.size > 0 || (this.files.unsaved.size > 0 && (this.mayChange || !this.files.held));
    const before = unsaved();
    this.flush();
    if (before || unsaved()) {
      event.preventDefault();
    }
  }

  change(path, text) {
    this.broken.delete(path);
    this.broken.delete("");
    if (text === this.file(path)) {
      this.look();
      return;
    }
    this.restored = false;
    this.files.change(path, text);
    this.tell("told", "");
    if (this.mayChange) {
      this.saveSoon();
      this.checkSoon();
    }
    this.look();
  }

  // An editor could not write what it shows.
  fail(path, error) {
    this.broken.set(path, error.message);
    this.look();
  }

  // What could not be written is not shown any more.
  mended(path) {
    this.broken.delete(path);
    this.look();
  }

  // Something failed that nobody foresaw: it is told, and what comes next goes on.
  fault(error) {
    reportError(error);
    this.fail("", error);
  }

  // Tells the state where it is another one.
  look() {
    const [state, sentence] = stateOf(this);
    const status = { state, sentence, undoable: Boolean(this.steps.undo), redoable: Boolean(this.steps.redo) };
    if (Object.keys(status).some((name) => status[name] !== this.status[name])) {
      this.status = status;
      this.tell("status", status);
    }
  }

  saveSoon(after = SAVE_AFTER) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saving.save(), after);
  }

  // What was typed last as well; returns whether everything is saved.
  async saveNow() {
    clearTimeout(this.timer);
    return (await this.saving.save({ typed: true })) && !this.broken.size;
  }

  undo() {
    return this.saving.step("undo");
  }

  redo() {
    return this.saving.step("redo");
  }

  // After all that is being saved; returns whether the file is gone.
  remove(path) {
    return this.saving.remove(path);
  }

  checkSoon(after) {
    this.checking.soon(after);
  }

  // Asks the server anything else of this draft, such as its vocabulary or one expression.
  asked(method, path, body) {
    return call(this.token, method, `${this.address}/${path}`, body);
  }
}
