// Rows of the table on their way into the text of their file: the server writes it. What is on its
// way counts as not saved, stays with its scenario, and gives way to nothing but a newer one.
import { Typing } from "../drafts-typing.js";

const RETRY = 3000;

export class Composing {
  constructor(draft, { table, write, say, retry = RETRY }) {
    Object.assign(this, { draft, wrote: write, say, retry, given: new Map() });
    this.typing = new Typing({
      pause: 0,
      text: () => Promise.all([...this.given].map(([path, value]) => this.composed(path, value))),
      write: (texts) => texts.forEach((one) => this.take(one)),
      fail: (error) => draft.fail("", error),
    });
    this.typing.look = () => draft.look();
    this.typing.hear(table);
    draft.hear(this.typing);
  }

  compose(path, value) {
    this.given.set(path, value);
    this.typing.changed();
  }

  // Whether rows of a file are newer than what the server has read of it.
  waits(path) {
    return this.given.has(path);
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
    if (this.given.get(path) === value) {
      this.given.delete(path);
    }
    this.say(error ? error.message : "");
    if (error) {
      this.draft.fail(path, error);
    } else {
      this.wrote(path, text);
    }
  }
}
