// The files of a draft as a page holds them: what the server has, and what is not saved yet, each
// with the text that it began from, so that nothing is written over anybody's work unseen.
import { mark } from "./drafts-backup.js";

export class Files {
  constructor(backup) {
    this.backup = backup;
    this.saved = {};
    // By path: {text, base, sent, fault}; base and sent are marks, see `settle`.
    this.unsaved = new Map();
    this.held = true;
  }

  text(path) {
    return this.unsaved.get(path)?.text ?? this.saved[path];
  }

  get paths() {
    return [...new Set([...Object.keys(this.saved), ...this.unsaved.keys()])].sort();
  }

  // Unsaved files that are worth sending: not those that were refused for what they hold.
  get due() {
    return [...this.unsaved.keys()].filter((path) => !this.unsaved.get(path).fault);
  }

  get faults() {
    return [...this.unsaved].filter(([, one]) => one.fault).map(([path, one]) => [path, one.fault]);
  }

  get clashing() {
    return [...this.unsaved].filter(([path, one]) => one.base !== mark(this.saved[path])).map(([path]) => path);
  }

  change(path, text) {
    const one = this.unsaved.get(path) || { base: mark(this.saved[path]), sent: [] };
    if (text === this.saved[path] && !one.sent.length) {
      this.discard(path);
    } else {
      this.keep(path, { text, base: one.base, sent: one.sent });
    }
  }

  // What another page of this browser left behind.
  restore({ path, text, base, sent = [] }) {
    this.keep(path, { text, base, sent });
    this.settle(path);
  }

  keep(path, one) {
    const { text, base, sent } = one;
    this.unsaved.set(path, one);
    this.held = this.backup.keep(path, { text, base, sent, at: new Date().toISOString() });
  }

  discard(path) {
    this.unsaved.delete(path);
    this.backup.drop(path);
    if (!this.unsaved.size) {
      this.held = true;
    }
  }

  fail(path, sentence) {
    const one = this.unsaved.get(path);
    if (one) {
      one.fault = sentence;
    }
  }

  // A text is on its way: whether it arrived is known with the answer only.
  sending(path) {
    const one = this.unsaved.get(path);
    this.keep(path, { ...one, sent: [...one.sent, mark(one.text)] });
    return one.text;
  }

  written(path, text) {
    this.saved[path] = text;
    const one = this.unsaved.get(path);
    if (one) {
      this.keep(path, { ...one, base: mark(text), sent: [] });
      this.settle(path);
    }
  }

  // What the server has of one file; undefined where it has none.
  put(path, text) {
    if (text === undefined) {
      delete this.saved[path];
    } else {
      this.saved[path] = text;
    }
    this.settle(path);
  }

  // What the server has of all files; returns those that pages should draw anew.
  take(saved) {
    const before = this.saved;
    const mine = new Set(this.unsaved.keys());
    const all = Object.keys({ ...before, ...saved });
    this.saved = { ...saved };
    mine.forEach((path) => this.settle(path));
    return all.filter((path) => before[path] !== saved[path] && !mine.has(path));
  }

  // Nothing is unsaved that the server has, and what the server has of mine is no other's.
  settle(path) {
    const one = this.unsaved.get(path);
    if (!one) {
      return;
    }
    const now = mark(this.saved[path]);
    if (one.text === this.saved[path]) {
      this.discard(path);
    } else if (one.sent.includes(now)) {
      this.keep(path, { ...one, base: now });
    }
  }

  // The reader chose to write over what the server has now.
  insist(path) {
    const one = this.unsaved.get(path);
    this.keep(path, { ...one, base: mark(this.saved[path]), fault: undefined });
  }
}
