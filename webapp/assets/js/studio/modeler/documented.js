// An element's documentation: its English name on the first line, what else is noted below. The
// reader of files takes the first line that is not empty, so notes without a name would be one.
import { say } from "../feel/words.js";

const lines = (text) => text.trim().split("\n");

export const nameIn = (text) => lines(text)[0];
export const notesIn = (text) => lines(text).slice(1).join("\n");

export const documented = (name, notes) => `${name.trim()}\n${notes}`.trim();

export const nameFault = (name, notes) => (name.trim() || !notes.trim() ? null : say("有说明时须有英文名", "Notes need a name in English"));
