// The files of a draft as an editor holds them: loaded, saved by themselves, checked, taken back.
//
//   const draft = await openDraft({ id, token });         // token: what X-CSRFToken carries
//   draft.file("forms/rectify.json")                       // its text, unsaved changes included
//   draft.change(path, text)                               // saved and checked a little later
//   draft.on("loaded", (paths) => …)     draw these files anew: others saved, or a step was undone
//   draft.on("status", (status) => …)    {state, sentence, undoable, redoable}, state one of STATES
//   draft.on("checked", (examination) => …)
//   await draft.undo(), draft.redo(), draft.saveNow(), draft.remove(path); draft.checkSoon()
//
// `showStatus(draft, element)` draws the state. Whatever is not saved is kept in the browser too.
import { Backup } from "./drafts-backup.js";
import { askConflict } from "./drafts-conflict.js";
import { say } from "./drafts-words.js";

export const STATES = ["saved", "changed", "saving", "failed", "offline", "conflict", "readonly"];

const SAVE_AFTER = 1200;
const CHECK_AFTER = 350;
const RETRY = [2000, 5000, 15000, 30000];

class Refused extends Error {
  constructor(status, problem) {
    const fields = Object.values(problem.errors || {}).flat().join(" ");
    super([problem.detail, fields].filter(Boolean).join(" ") || `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

async function call(token, method, address, body, signal) {
  const answer = await fetch(address, {
    method,
    signal,
    credentials: "same-origin",
    headers: { Accept: "application/json", ...(body && { "Content-Type": "application/json", "X-CSRFToken": token }) },
    body: body && JSON.stringify(body),
  });
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Refused(answer.status, value);
  }
  return value;
}

export async function openDraft({ id, token }) {
  const draft = new Draft(id, token);
  await draft.load();
  return draft;
}

class Draft {
  constructor(id, token) {
    this.id = id;
    this.address = `/drafts/${id}`;
    this.token = token;
    this.saved = {};
    this.unsaved = {};
    this.status = { state: "saved", sentence: "", undoable: false, redoable: false };
    this.listeners = {};
    this.tries = 0;
  }

  on(name, listener) {
    (this.listeners[name] ||= []).push(listener);
    return this;
  }

  tell(name, value) {
    for (const listener of this.listeners[name] || []) {
      try {
        listener(value);
      } catch (error) {
        // What a page does with the news must not keep the work from being saved.
        reportError(error);
      }
    }
  }

  file(path) {
    return this.unsaved[path] ?? this.saved[path];
  }

  get paths() {
    return Object.keys({ ...this.saved, ...this.unsaved }).sort();
  }

  async load() {
    const found = await call(this.token, "GET", `${this.address}/files`);
    // By person: on a machine that several share, nobody saves the work of another as their own.
    this.backup = new Backup(`${found.reader}.${this.id}`);
    this.take(found);
    window.addEventListener("beforeunload", (event) => {
      if (Object.keys(this.unsaved).length) {
        event.preventDefault();
      }
    });
    window.addEventListener("online", () => this.saveNow());
    document.addEventListener("visibilitychange", () => document.hidden && this.saveNow());
    await this.restore();
  }

  // What the server says of the whole draft.
  take(value) {
    Object.assign(this, { process: value.process, revision: value.revision, state: value.state });
    this.saved = value.files;
    this.mayChange = value.may_change;
    this.steps(value);
    this.become(this.mayChange ? "saved" : "readonly");
  }

  steps(value) {
    this.status.undoable = value.undoable ?? this.status.undoable;
    this.status.redoable = value.redoable ?? this.status.redoable;
  }

  become(state, sentence = say(state)) {
    this.status = { ...this.status, state, sentence };
    this.tell("status", this.status);
  }

  // What a browser kept of work that it could not save.
  async restore() {
    const kept = Object.entries(this.backup.read()).filter(([path, one]) => one.text !== this.saved[path]);
    if (!kept.length) {
      this.backup.clear();
    }
    // Where the draft may not be changed now, it is kept until it may be again.
    if (!this.mayChange || !kept.length) {
      return;
    }
    const clash = kept.some(([path, one]) => one.base !== undefined && one.base !== this.backup.mark(this.saved[path]));
    this.unsaved = Object.fromEntries(kept.map(([path, one]) => [path, one.text]));
    if (clash) {
      await this.ask({});
    } else {
      this.become("changed", say("restored"));
      this.saveSoon();
    }
  }

  change(path, text) {
    if (!this.mayChange) {
      return;
    }
    if (text === this.saved[path] && this.saving?.path !== path) {
      delete this.unsaved[path];
      this.backup.drop(path);
      this.checkSoon();
      if (!Object.keys(this.unsaved).length) {
        this.become("saved");
      }
      return;
    }
    this.unsaved[path] = text;
    this.backup.keep(path, text, this.saved[path]);
    if (this.status.state !== "conflict") {
      this.become("changed");
      this.saveSoon();
    }
    this.checkSoon();
  }

  saveSoon(after = SAVE_AFTER) {
    clearTimeout(this.saveTimer);
    this.saveTimer = setTimeout(() => this.saveNow(), after);
  }

  // Returns whether everything is saved; savings follow one another.
  saveNow() {
    clearTimeout(this.saveTimer);
    const before = this.running || Promise.resolve();
    this.running = before.then(() => this.saveAll()).catch((error) => {
      this.become("failed", `${say("failed")}${error.message}`);
      return false;
    });
    return this.running;
  }

  async saveAll() {
    while (this.mayChange && this.status.state !== "conflict") {
      const [path] = Object.keys(this.unsaved);
      if (path === undefined) {
        return true;
      }
      if (!(await this.saveOne(path, this.unsaved[path]))) {
        return false;
      }
    }
    return false;
  }

  async saveOne(path, text) {
    this.saving = { path };
    this.become("saving");
    try {
      const address = `${this.address}/files/${path}`;
      const value = await call(this.token, "PUT", address, { content: text, revision: this.revision });
      this.written(path, text, value);
      return true;
    } catch (error) {
      return await this.refused(error);
    } finally {
      this.saving = null;
    }
  }

  written(path, text, value) {
    this.tries = 0;
    this.revision = value.revision;
    this.saved[path] = value.files?.[path] ?? text;
    this.steps({ undoable: true, redoable: false, ...value });
    if (this.unsaved[path] === text) {
      delete this.unsaved[path];
      this.backup.drop(path);
    }
    this.become(Object.keys(this.unsaved).length ? "changed" : "saved");
  }

  async refused(error) {
    if (!(error instanceof Refused) || error.status >= 500 || error.status === 429) {
      this.become("offline");
      this.saveSoon(RETRY[Math.min(this.tries, RETRY.length - 1)]);
      this.tries += 1;
      return false;
    }
    if (error.status === 409 && error.problem.revision !== undefined) {
      return await this.meanwhile(error.problem);
    }
    this.become("failed", `${say("failed")}${error.message}`);
    return false;
  }

  // Somebody saved: nothing clashes unless it was a file that is being changed here.
  async meanwhile(problem) {
    const value = await call(this.token, "GET", `${this.address}/files`).catch(() => null);
    if (!value) {
      this.become("offline");
      this.saveSoon(RETRY[0]);
      return false;
    }
    const before = this.saved;
    const theirs = Object.keys({ ...before, ...value.files }).filter((path) => before[path] !== value.files[path]);
    const mine = this.unsaved;
    const clashing = theirs.filter((path) => path in mine && mine[path] !== value.files[path]);
    this.take(value);
    const drawn = theirs.filter((path) => !(path in mine));
    if (drawn.length) {
      this.tell("loaded", drawn);
    }
    if (!this.mayChange) {
      this.tell("loaded", this.paths);
      this.become("failed", say("closed"));
      return false;
    }
    return clashing.length ? await this.ask(problem) : true;
  }

  async ask(problem) {
    this.become("conflict");
    const paths = Object.keys(this.unsaved);
    const chosen = await askConflict(problem, Object.fromEntries(paths.map((path) => [path, this.unsaved[path]])));
    this.become("changed");
    if (chosen === "mine") {
      this.saveSoon(0);
      return false;
    }
    this.unsaved = {};
    this.backup.clear();
    this.become("saved");
    this.tell("loaded", paths);
    this.checkSoon();
    return false;
  }

  undo() {
    return this.step("undo");
  }

  redo() {
    return this.step("redo");
  }

  // Returns the path of the file that changed, or null.
  async step(which) {
    if (!this.mayChange || !(await this.saveNow())) {
      return null;
    }
    try {
      const value = await call(this.token, "POST", `${this.address}/${which}`, { revision: this.revision });
      this.revision = value.revision;
      delete this.saved[value.path];
      Object.assign(this.saved, value.files);
      this.steps(value);
      this.become("saved");
      this.tell("loaded", [value.path]);
      this.checkSoon();
      return value.path;
    } catch (error) {
      await this.refused(error);
      return null;
    }
  }

  // After all that is being saved; returns whether the file is gone.
  remove(path) {
    delete this.unsaved[path];
    this.backup.drop(path);
    this.running = (this.running || Promise.resolve()).then(() => this.removeOne(path));
    return this.running;
  }

  async removeOne(path, again = true) {
    if (!(path in this.saved)) {
      return true;
    }
    try {
      const value = await call(this.token, "DELETE", `${this.address}/files/${path}`, { revision: this.revision });
      delete this.saved[path];
      this.revision = value.revision;
      this.steps(value);
      this.become(Object.keys(this.unsaved).length ? "changed" : "saved");
      this.checkSoon();
      return true;
    } catch (error) {
      const behind = (await this.refused(error)) && again;
      return behind ? this.removeOne(path, false) : false;
    }
  }

  checkSoon(after = CHECK_AFTER) {
    clearTimeout(this.checkTimer);
    this.checkTimer = setTimeout(() => this.checkNow(), after);
  }

  async checkNow() {
    this.checking?.abort();
    const mine = (this.checking = new AbortController());
    this.tell("checking");
    try {
      const body = { files: { ...this.unsaved } };
      const value = await call(this.token, "POST", `${this.address}/check`, body, mine.signal);
      this.tell("checked", value);
    } catch (error) {
      if (error.name === "AbortError") {
        return;
      }
      this.tell("unchecked", error instanceof Refused ? error.message : say("offline"));
      if (!(error instanceof Refused) || error.status >= 500 || error.status === 429) {
        this.checkSoon(RETRY[1]);
      }
    }
  }

  // Asks the server anything else of this draft, such as its vocabulary or one expression.
  asked(method, path, body) {
    return call(this.token, method, `${this.address}/${path}`, body);
  }
}

// Draws the state of a draft into an element: words for everybody, a colour beside them.
export function showStatus(draft, element) {
  const draw = ({ state, sentence }) => {
    element.className = `draft-status draft-${state}`;
    element.textContent = sentence;
  };
  element.setAttribute("role", "status");
  draft.on("status", draw);
  draw(draft.status);
}
