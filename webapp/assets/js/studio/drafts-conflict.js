// Two people saved one file: who and when, and a choice in which nothing is lost.
import { instant, say } from "./drafts-words.js";

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function download(path, text) {
  const link = document.createElement("a");
  const at = new Date().toISOString().slice(0, 16).replace(/[:T]/g, "-");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  link.download = path.replace(/^.*\//, "").replace(/(\.\w+)$/, `.${at}$1`);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Resolves to "mine" or "theirs"; there is no way around the choice, and closing the page keeps
// what is unsaved in the browser.
export function askConflict(problem, files) {
  const dialog = document.createElement("dialog");
  dialog.className = "draft-conflict";
  dialog.setAttribute("aria-labelledby", "draft-conflict-title");
  const title = element("h2", say("conflict_title"));
  title.id = "draft-conflict-title";
  dialog.append(title);
  if (problem.changed_by) {
    const values = { who: problem.changed_by, when: instant(problem.changed_at) };
    dialog.append(element("p", say("conflict_by", values)));
  }
  const names = element("ul", "");
  names.append(...Object.keys(files).map((path) => element("li", path)));
  dialog.append(element("p", say("conflict_lead")), names);
  const theirs = element("button", say("take_theirs"), "btn btn-primary");
  const mine = element("button", say("keep_mine"), "btn");
  const row = element("div", "", "draft-conflict-acts");
  row.append(theirs, mine);
  dialog.append(row);
  document.body.append(dialog);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  // Browsers close it at the second Escape all the same; without a choice nothing may be saved.
  dialog.addEventListener("close", () => dialog.isConnected && dialog.showModal());
  dialog.showModal();
  theirs.focus();
  return new Promise((resolve) => {
    const end = (choice) => {
      dialog.remove();
      resolve(choice);
    };
    theirs.addEventListener("click", () => {
      Object.entries(files).forEach(([path, text]) => download(path, text));
      end("theirs");
    });
    mine.addEventListener("click", () => end("mine"));
  });
}
