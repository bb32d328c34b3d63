// All that writes a draft, one after another: saving, taking back, deleting, reading it again.
// A fault of one ends that one and nothing behind it.
import { Refused, call } from "./drafts-call.js";
import { askConflict, askStep } from "./drafts-conflict.js";
import { say, stepWords } from "./drafts-words.js";

const RETRY = [2000, 5000, 15000, 30000, 60000];
const DONE = { undo: "undone", redo: "redone" };

// Refusals that say something of the draft as a whole rather than of what was sent.
const OF_THE_DRAFT = [403, 404, 409];

export class Saving {
  constructor(draft) {
    this.draft = draft;
    this.line = Promise.resolve();
    this.tries = 0;
  }

  queue(work, otherwise) {
    const done = this.line.then(work).catch((error) => {
      this.draft.fault(error);
      return otherwise;
    });
    this.line = done.then(() => this.draft.look());
    return done;
  }

  // Returns whether everything is saved.
  save({ typed = false } = {}) {
    return this.queue(() => this.all(typed), false);
  }

  refresh() {
    return this.queue(() => this.read(), false);
  }

  // A clash that was found while the page opened: asked once it is drawn.
  settleSoon() {
    return this.queue(() => this.choose(), false);
  }

  step(which) {
    return this.queue(() => this.taken(which), null);
  }

  remove(path) {
    return this.queue(() => this.removed(path), false);
  }

  send(method, address, body) {
    return call(this.draft.token, method, `${this.draft.address}/${address}`, { ...body, revision: this.draft.revision });
  }

  async all(typed) {
    const { draft } = this;
    if (typed) {
      await draft.settled();
    }
    if (draft.behind && !draft.files.due.length) {
      await this.read();
    }
    while (draft.mayChange && draft.files.due.length) {
      if (!(await this.one(draft.files.due[0]))) {
        return false;
      }
    }
    return !draft.files.unsaved.size;
  }

  // Returns whether to go on with the next.
  async one(path) {
    const { draft } = this;
    if (draft.files.clashing.includes(path)) {
      return this.choose();
    }
    const text = draft.files.sending(path);
    draft.sending = true;
    draft.look();
    try {
      const value = await this.send("PUT", `files/${path}`, { content: text });
      this.arrived(value);
      draft.files.written(path, value.files?.[path] ?? text);
      return true;
    } catch (error) {
      return await this.refused(error, path);
    } finally {
      draft.sending = false;
      draft.look();
    }
  }

  arrived(value) {
    const { draft } = this;
    this.tries = 0;
    draft.behind = null;
    draft.broken.delete("");
    draft.revision = value.revision;
    draft.next(value);
    draft.pages.send("saved", { revision: value.revision });
  }

  // Returns whether to go on; `path` is the file that was refused, null for anything else.
  async refused(error, path) {
    const { draft } = this;
    if (!(error instanceof Refused)) {
      throw error;
    }
    draft.sending = false;
    if (error.passing) {
      return this.wait(error);
    }
    if (OF_THE_DRAFT.includes(error.status) && !(await this.read(error.problem))) {
      return false;
    }
    if (error.problem.revision === undefined) {
      this.told(error, path);
    }
    return true;
  }

  told(error, path) {
    if (path === null) {
      this.draft.tell("told", error.message);
    } else {
      this.draft.files.fail(path, error.message);
    }
  }

  wait(error) {
    this.draft.behind = error;
    this.draft.saveSoon(RETRY[Math.min(this.tries, RETRY.length - 1)]);
    this.tries += 1;
    return false;
  }

  // What the server has now; returns whether the draft may be changed and nothing clashes.
  async read(problem = {}) {
    const { draft } = this;
    let value;
    try {
      value = await call(draft.token, "GET", `${draft.address}/files`);
    } catch (error) {
      return this.lost(error);
    }
    this.tries = 0;
    await draft.settled();
    const drawn = draft.take(value);
    if (drawn.length) {
      draft.tell("loaded", drawn);
      draft.checkSoon();
    }
    return draft.mayChange && this.choose(problem);
  }

  // Not even to be read: thrown away meanwhile, or the reader may not see it any more.
  lost(error) {
    const { draft } = this;
    if (!(error instanceof Refused)) {
      throw error;
    }
    if (error.passing) {
      return this.wait(error);
    }
    draft.ended = error.message;
    draft.mayChange = false;
    draft.tell("closed");
    return false;
  }

  // Asks about each file of which there are two contents; always true, once that is answered.
  // `problem` says whose the other is, where the server said so; null where it is nobody's saving.
  async choose(problem = {}) {
    const { draft } = this;
    const paths = draft.files.clashing;
    if (!paths.length) {
      return true;
    }
    draft.asking = true;
    draft.look();
    try {
      const mine = Object.fromEntries(paths.map((path) => [path, draft.file(path)]));
      this.chosen(await askConflict(this.whose(problem, paths), mine), paths);
    } finally {
      draft.asking = false;
    }
    return true;
  }

  whose(problem, paths) {
    const last = this.draft.steps.undo;
    const known = problem && paths.includes(last?.path) ? last : {};
    const who = problem?.changed_by ?? known.who;
    return { who, at: problem?.changed_at ?? known.at, own: Boolean(known.own) && who === known.who };
  }

  chosen(choice, paths) {
    const { draft } = this;
    if (choice === "mine") {
      paths.forEach((path) => draft.files.insist(path));
      draft.saveSoon(0);
    } else {
      paths.forEach((path) => draft.files.discard(path));
      draft.tell("loaded", paths);
      draft.checkSoon();
    }
  }

  // Returns the path of the file that changed, or null.
  async taken(which) {
    const { draft } = this;
    await this.all(true);
    const step = draft.steps[which];
    if (!draft.mayChange || draft.behind) {
      return null;
    }
    if (!step || draft.files.unsaved.has(step.path)) {
      draft.tell("told", step ? say(`${which}_unsaved`, step) : say(`no_${which}`));
      return null;
    }
    if (!step.own && !(await askStep(which, step))) {
      return null;
    }
    return this.stepped(which, step);
  }

  async stepped(which, step) {
    const { draft } = this;
    try {
      const value = await this.send("POST", which, {});
      this.arrived(value);
      await draft.settled();
      draft.files.put(value.path, value.files?.[value.path]);
      if (!draft.files.unsaved.has(value.path)) {
        draft.tell("loaded", [value.path]);
      }
      draft.tell("told", stepWords(DONE[which], step));
      draft.checkSoon();
      await this.choose(null);
      return value.path;
    } catch (error) {
      const again = await this.refused(error, null);
      if (again && error.problem.revision !== undefined) {
        draft.tell("told", say(`${which}_stale`));
      }
      return null;
    }
  }

  async removed(path, again = true) {
    const { draft } = this;
    if (draft.files.saved[path] === undefined) {
      draft.files.discard(path);
      return true;
    }
    try {
      this.arrived(await this.send("DELETE", `files/${path}`, {}));
      draft.files.discard(path);
      draft.files.put(path, undefined);
      draft.checkSoon();
      return true;
    } catch (error) {
      const before = draft.files.saved[path];
      const behind = (await this.refused(error, null)) && again;
      // Only the draft moved on: of this file there is nothing that the reader has not seen.
      return behind && draft.files.saved[path] === before ? this.removed(path, false) : false;
    }
  }
}
