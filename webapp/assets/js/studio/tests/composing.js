// Rows of the table on their way into the text of their file: the server writes it. What is on its
// way counts as not saved, stays with its scenario, and gives way to nothing but a newer one.
import { Typing } from "../drafts-typing.js";

export class Composing {
  constructor(draft, { table, write, say }) {
    Object.assign(this, { draft, wrote: write, say, given: new Map() });
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

  async composed(path, value) {
    try {
      return { path, value, ...(await this.draft.asked("POST", "scenarios/compose", value)) };
    } catch (error) {
      return { path, value, error };
    }
  }

  take({ path, value, text, error }) {
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
