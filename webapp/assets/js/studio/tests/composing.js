// Rows of the table on their way into the text of their file: the server writes it. What is on its
// way counts as not saved, stays with its scenario, and gives way to nothing but a newer one. So do
// rows that the server refused for what they hold: they are asked of again once they are changed.
import { Typing } from "../drafts-typing.js";

const RETRY = 3000;

export class Composing {
  constructor(draft, { table, write, say, show = () => {}, retry = RETRY }) {
    Object.assign(this, { draft, wrote: write, say, shown: show, retry, given: new Map(), refused: new Map() });
    this.typing = new Typing({
      pause: 0,
      text: () => Promise.all(this.asking.map(([path, value]) => this.composed(path, value))),
      write: (texts) => texts.forEach((one) => this.take(one)),
      fail: (error) => draft.fail("", error),
    });
    this.typing.look = () => draft.look();
    this.typing.hear(table);
    draft.hear(this.typing);
  }

  compose(path, value) {
    this.given.set(path, value);
    this.refused.delete(path);
    this.typing.changed();
  }

  // The text of the file was written by hand, or the file is gone.
  drop(path) {
    this.refused.delete(path);
    if (this.given.delete(path)) {
      this.draft.mended(path);
    }
  }

  get asking() {
    return [...this.given].filter(([path]) => !this.refused.has(path));
  }

  // Rows of a file that are newer than what the server has read of it.
  typed(path) {
    return this.given.get(path);
  }

  // What the server refuses in them.
  fault(path) {
    return this.refused.get(path);
  }

  async composed(path, value) {
    try {
      return { path, value, ...(await this.draft.asked("POST", "scenarios/compose", value)) };
    } catch (error) {
      return { path, value, error };
    }
  }

  // What the network or a busy server refused stays, and is tried again.
  take({ path, value, text, error }) {
    if (error?.passing) {
      this.say(error.message);
      this.draft.fail(path, error);
      clearTimeout(this.again);
      this.again = setTimeout(() => this.typing.changed(), this.retry);
      return;
    }
    if (this.given.get(path) !== value) {
      return;
    }
    this.say(error ? error.message : "");
    if (error) {
      this.refused.set(path, error);
      this.draft.fail(path, error);
    } else {
      this.given.delete(path);
      this.wrote(path, text);
    }
    this.shown(path);
  }
}
