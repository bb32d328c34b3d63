// What is wrong with a draft, asked a little after each change where a page shows it.
import { call } from "./drafts-call.js";

const CHECK_AFTER = 350;
const AGAIN_AFTER = 5000;
const LONG = 15_000;
const MOST_PAUSES = 6;

export class Checking {
  constructor(draft) {
    Object.assign(this, { draft, failed: 0, long: LONG });
  }

  soon(after = CHECK_AFTER) {
    clearTimeout(this.timer);
    if (this.draft.hears("checked")) {
      this.timer = setTimeout(() => this.now(), after);
    }
  }

  async now() {
    const { draft } = this;
    this.asked?.abort();
    const mine = (this.asked = new AbortController());
    draft.tell("checking");
    const long = setTimeout(() => draft.tell("checking", { long: true }), this.long);
    try {
      const found = await call(draft.token, "POST", `${draft.address}/check`, { files: draft.unsaved }, mine.signal);
      this.failed = 0;
      draft.tell("checked", found);
    } catch (error) {
      // A newer question took its place: what became of this one is of no interest.
      if (!mine.signal.aborted) {
        this.later(error);
        draft.tell("unchecked", { why: error.message, again: error.passing });
      }
    } finally {
      clearTimeout(long);
    }
  }

  // Ever more seldom: a server that is busy has other things to do.
  later(error) {
    if (error.passing) {
      this.failed = Math.min(this.failed + 1, MOST_PAUSES);
      this.soon(AGAIN_AFTER * this.failed);
    }
  }
}
