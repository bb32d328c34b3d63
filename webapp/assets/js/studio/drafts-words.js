// What the editors of a draft say about saving.
const WORDS = {
  saved: ["已保存", "Saved"],
  fresh: ["新文件，第一次修改时写入草稿", "A new file; the first change writes it into the draft"],
  changed: ["有未保存的修改", "Changes not saved yet"],
  saving: ["正在保存…", "Saving…"],
  failed: ["没有保存：", "Not saved: "],
  fault: ["没有保存 {path}：{why}", "{path} is not saved: {why}"],
  unreached: ["连接不上服务器", "No connection"],
  no_answer: ["服务器未答复（{status}）", "No answer ({status})"],
  busy: ["服务器正忙", "The server is busy"],
  down: ["服务器暂时不能保存", "The server cannot save just now"],
  kept: ["，修改已留在本浏览器，稍后自动再存", "; the changes are kept in this browser and saved later"],
  not_kept: ["，本浏览器也留不下这些修改：请勿关闭本页，稍后自动再存", "; this browser cannot keep the changes either: do not close this page, they are saved later"],
  stay: ["；本浏览器留不下这些修改，请勿关闭本页", "; this browser cannot keep the changes: do not close this page"],
  conflict: ["同一文件有两份内容，请选择", "There are two contents of one file; please choose"],
  readonly: ["只读", "Read only"],
  closed: ["草稿已不能修改", "This draft may no longer be changed"],
  restored: ["已恢复本浏览器中未保存的修改", "Unsaved changes were restored from this browser"],
  conflict_title: ["他人在此期间保存了同一文件", "Somebody else saved this file meanwhile"],
  conflict_two: ["同一文件有两份内容", "There are two contents of one file"],
  conflict_own: ["您在另一个页面保存了同一文件", "You saved this file on another page"],
  conflict_by: ["{who}于{when}保存了修改。", "{who} saved changes at {when}."],
  conflict_lead: ["本页的修改还没有写入，两份内容都在。请选择：", "The changes of this page are not written yet; nothing is lost on either side. Choose:"],
  take_theirs: ["下载我的副本，载入已保存的内容", "Download a copy of mine, load what is saved"],
  theirs_after: ["载入已保存的内容", "Load what is saved"],
  keep_mine: ["用我的内容保存（对方的可用“撤销”找回）", "Save mine (theirs can be brought back by Undo)"],
  download: ["下载 {path}", "Download {path}"],
  undo_title: ["撤销他人的保存？", "Take back somebody else's saving?"],
  redo_title: ["重做他人的保存？", "Do somebody else's saving again?"],
  undo_lead: ["最近一次保存是{who}于{when}对 {path} 的修改，撤销的将是这一次。", "The last saving is {who}'s of {when}, of {path}; that is what would be taken back."],
  redo_lead: ["重做的将是{who}于{when}对 {path} 的修改。", "It is {who}'s saving of {when}, of {path}, that would be done again."],
  undo_yes: ["撤销这次保存", "Take it back"],
  redo_yes: ["重做这次保存", "Do it again"],
  leave: ["不动它", "Leave it"],
  undone: ["已撤销{who}于{when}对 {path} 的保存", "Taken back: {who}'s saving of {path} at {when}"],
  redone: ["已重做{who}于{when}对 {path} 的保存", "Done again: {who}'s saving of {path} at {when}"],
  me: ["您", "you"],
  no_undo: ["没有可以撤销的保存", "There is nothing to take back"],
  no_redo: ["没有可以重做的保存", "There is nothing to do again"],
  undo_stale: ["没有撤销：刚刚有新的保存，请看过后再撤", "Nothing was taken back: something was saved just now; look, then try again"],
  redo_stale: ["没有重做：刚刚有新的保存，请看过后再做", "Nothing was done again: something was saved just now; look, then try again"],
  undo_unsaved: ["没有撤销：{path} 有未保存的修改", "Nothing was taken back: {path} has changes that are not saved"],
  redo_unsaved: ["没有重做：{path} 有未保存的修改", "Nothing was done again: {path} has changes that are not saved"],
  left_lead: ["这份草稿现在不能修改，您未保存的修改还留在本浏览器：", "This draft may not be changed now; your unsaved changes are still kept in this browser:"],
  left_unkept: ["这份草稿现在不能修改，您的修改没有保存，本浏览器也留不下，请下载：", "This draft may not be changed now; your changes are not saved, and this browser cannot keep them. Download them:"],
  get: ["下载", "Download"],
  forget: ["删除这份副本", "Delete this copy"],
  forget_sure: ["删除 {path} 未保存的修改？删除后不能找回。", "Delete the unsaved changes of {path}? They cannot be brought back."],
};

const english = () => document.documentElement.lang.startsWith("en");

export function say(key, values = {}) {
  const words = WORDS[key][english() ? 1 : 0];
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function instant(text) {
  const language = english() ? "en-GB" : "zh-CN";
  return new Date(text).toLocaleString(language, { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Shanghai" });
}

// Whose saving a step is about, when and of which file.
export function stepWords(key, { path, who, at, own }) {
  return say(key, { path, who: own ? say("me") : who, when: instant(at) });
}
