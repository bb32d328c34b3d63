// What state a draft is in, derived from the facts alone, and how it is told.
import { showKept } from "./drafts-kept.js";
import { say } from "./drafts-words.js";

export const STATES = ["saved", "changed", "saving", "failed", "offline", "conflict", "readonly", "closed"];

const TOLD_FOR = 9000;

function unreached({ status }) {
  if (status === 0) {
    return say("unreached");
  }
  return status === 429 ? say("busy") : say("down");
}

// Returns the name of the state and its sentence.
export function stateOf({ files, mayChange, asking, sending, broken, behind, waiting, restored, ended, shown }) {
  const unsaved = files.unsaved.size > 0;
  const faults = [...files.faults, ...broken];
  if (!mayChange) {
    return unsaved || ended ? ["closed", ended || say("closed")] : ["readonly", say("readonly")];
  }
  if (asking) {
    return ["conflict", say("conflict")];
  }
  if (sending) {
    return ["saving", say("saving")];
  }
  if (faults.length) {
    const told = faults.map(([path, why]) => (path ? say("fault", { path, why }) : `${say("failed")}${why}`)).join("；");
    return ["failed", told + (files.held ? "" : say("stay"))];
  }
  if (behind) {
    return ["offline", unreached(behind) + say(files.held ? "kept" : "not_kept")];
  }
  if (unsaved || waiting) {
    return ["changed", say(restored ? "restored" : "changed")];
  }
  return ["saved", say(shown && files.text(shown) === undefined ? "fresh" : "saved")];
}

function toast(draft) {
  const told = document.createElement("p");
  told.className = "draft-told";
  told.setAttribute("role", "status");
  told.hidden = true;
  document.body.append(told);
  let timer = 0;
  draft.on("told", (sentence) => {
    told.textContent = sentence;
    told.hidden = !sentence;
    clearTimeout(timer);
    timer = setTimeout(() => (told.hidden = true), TOLD_FOR);
  });
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
  toast(draft);
  showKept(draft, element);
}
