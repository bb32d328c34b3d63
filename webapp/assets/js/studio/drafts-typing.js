// What was typed or drawn and is in no text yet: written after a pause, and at once before anything
// that would lose it (undoing, saving, leaving).

// Panels and cells of the editors hold keystrokes back for so long at most.
const HELD_BACK = 700;

export class Typing {
  // `text()` gives the text of what is shown; it is handed to `write`, a failure to `fail`.
  // `finish()` ends what the editor itself holds open.
  constructor({ pause, text, write, fail, finish = () => {}, root }) {
    Object.assign(this, { pause, text, write, fail, finish, root, timer: 0, turn: 0, keyed: 0, field: null, look: () => {} });
  }

  // Keystrokes within an element: whatever is behind them hears of them a little later.
  hear(element) {
    element.addEventListener("input", ({ target }) => {
      this.field = target;
      this.keyed = Date.now();
      this.soon(Math.max(this.pause, HELD_BACK));
    });
  }

  // The editor changed what it shows.
  changed() {
    this.keyed = 0;
    this.soon(this.pause);
  }

  soon(after) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.take(), after);
    this.told();
  }

  get waiting() {
    return Boolean(this.timer || this.taking);
  }

  // What waited is not shown any more.
  drop() {
    clearTimeout(this.timer);
    Object.assign(this, { timer: 0, taking: null, keyed: 0, field: null });
    this.turn += 1;
    this.told();
  }

  async flush() {
    this.settle();
    if (this.keyed) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, this.keyed + HELD_BACK - Date.now())));
    }
    await (this.timer ? this.take() : this.taking);
  }

  // Fields that write when they are left write now; the reader stays in them.
  settle() {
    const { field } = this;
    this.field = null;
    this.finish();
    if (field?.isConnected && field === document.activeElement) {
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.dispatchEvent(new FocusEvent("blur"));
    }
  }

  take() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.keyed = 0;
    const turn = (this.turn += 1);
    this.taking = this.taken(turn).finally(() => {
      if (turn === this.turn) {
        this.taking = null;
        this.told();
      }
    });
    return this.taking;
  }

  async taken(turn) {
    try {
      const text = await this.text();
      if (turn === this.turn) {
        this.write(text);
      }
    } catch (error) {
      this.fail(error);
    }
  }

  told() {
    this.root?.toggleAttribute("data-pending", this.waiting);
    this.look();
  }
}
