// Where a draft may not be changed any more: what of the reader's work is not saved, to be
// downloaded; it is deleted at a choice only.
import { button, download, element } from "./drafts-dialog.js";
import { instant, say } from "./drafts-words.js";

function line(draft, { path, text, at, forget }) {
  const item = element("li", "");
  const when = at ? ` · ${instant(at)}` : "";
  const get = button(say("get"), "btn btn-plain btn-small");
  const drop = button(say("forget"), "btn btn-plain btn-small");
  get.addEventListener("click", () => download(path, text));
  drop.addEventListener("click", () => {
    if (window.confirm(say("forget_sure", { path }))) {
      forget();
      draft.look();
    }
  });
  item.append(element("code", path), element("span", when, "soft"), get, drop);
  return item;
}

export function showKept(draft, status) {
  const box = element("div", "", "draft-kept");
  box.setAttribute("role", "alert");
  box.hidden = true;
  const head = status.closest(".editor-head, .modeler-bar") || status.parentElement;
  head.after(box);
  const draw = () => {
    const kept = draft.mayChange ? [] : draft.kept;
    const drawn = kept.map((one) => `${one.path} ${one.at} ${one.text.length}`).join();
    if (drawn !== box.dataset.drawn) {
      box.dataset.drawn = drawn;
      box.hidden = !kept.length;
      const list = element("ul", "");
      list.append(...kept.map((one) => line(draft, one)));
      box.replaceChildren(element("p", say(draft.files.held ? "left_lead" : "left_unkept")), list);
    }
  };
  draft.on("status", draw);
  draw();
}
