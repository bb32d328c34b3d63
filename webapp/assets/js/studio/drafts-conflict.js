// Two contents of one file: whose and when, and a choice in which nothing is lost; and whether to
// take back what somebody else saved.
import { ask, button, download, element } from "./drafts-dialog.js";
import { instant, say, stepWords } from "./drafts-words.js";

// A button a file: browsers ask about, or stop, several downloads at once.
function downloads(files, theirs) {
  const left = new Set(Object.keys(files));
  theirs.disabled = true;
  const list = element("ul", "");
  for (const [path, text] of Object.entries(files)) {
    const line = element("li", "");
    const one = button(say("download", { path }), "btn btn-plain btn-small");
    one.addEventListener("click", () => {
      download(path, text);
      left.delete(path);
      theirs.disabled = left.size > 0;
    });
    line.append(one);
    list.append(line);
  }
  return list;
}

// Resolves to "mine" or "theirs"; closing the page keeps what is unsaved in the browser.
export function askConflict({ who, at, own }, files) {
  const entries = Object.entries(files);
  const single = entries.length === 1;
  const theirs = button(say(single ? "take_theirs" : "theirs_after"), "btn btn-primary");
  const mine = button(say("keep_mine"));
  const lead = element("p", say("conflict_lead"));
  const by = who && !own ? [element("p", say("conflict_by", { who, when: instant(at) }))] : [];
  const list = single ? element("p", entries[0][0], "draft-conflict-path") : downloads(files, theirs);
  if (single) {
    theirs.addEventListener("click", () => download(...entries[0]));
  }
  return ask({
    title: say(own ? "conflict_own" : who ? "conflict_title" : "conflict_two"),
    parts: [...by, lead, list],
    choices: [["theirs", theirs], ["mine", mine]],
  });
}

// Resolves to whether a saving of somebody else is taken back, or done again.
export function askStep(which, step) {
  const yes = button(say(`${which}_yes`), "btn btn-primary");
  const no = button(say("leave"));
  return ask({
    title: say(`${which}_title`),
    parts: [element("p", stepWords(`${which}_lead`, step))],
    choices: [[false, no], [true, yes]],
    escape: false,
  });
}
