// What is wrong with a draft, asked a little after each change where a page shows it.
import { call } from "./drafts-call.js";

const CHECK_AFTER = 350;
const AGAIN_AFTER = 5000;
const MOST_PAUSES = 6;

export class Checking {
  constructor(draft) {
    this.draft = draft;
    this.failed = 0;
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
    try {
      const found = await call(draft.token, "POST", `${draft.address}/check`, { files: draft.unsaved }, mine.signal);
      this.failed = 0;
      draft.tell("checked", found);
    } catch (error) {
      if (error.name !== "AbortError") {
        draft.tell("unchecked", error.message);
        this.later(error);
      }
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
