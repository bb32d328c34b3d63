// What the editors of a draft say about saving.
const WORDS = {
  saved: ["已保存", "Saved"],
  changed: ["有未保存的修改", "Changes not saved yet"],
  saving: ["正在保存…", "Saving…"],
  failed: ["没有保存：", "Not saved: "],
  offline: ["连接不上服务器，修改已留在本浏览器，稍后自动再存", "No connection; the changes are kept in this browser and saved later"],
  conflict: ["他人已保存了同一文件，请选择", "Somebody else saved this file; please choose"],
  readonly: ["只读", "Read only"],
  closed: ["草稿已不能修改，未保存的内容留在本浏览器", "This draft may no longer be changed; unsaved work is kept in this browser"],
  restored: ["已恢复本浏览器中未保存的修改", "Unsaved changes were restored from this browser"],
  conflict_title: ["他人在此期间保存了同一文件", "Somebody else saved this file meanwhile"],
  conflict_by: ["{who}于{when}保存了修改。", "{who} saved changes at {when}."],
  conflict_lead: ["您的修改还没有写入，双方的内容都在。请选择：", "Yours are not written yet; nothing is lost on either side. Choose:"],
  take_theirs: ["下载我的副本，载入对方的内容", "Download a copy of mine, load theirs"],
  keep_mine: ["用我的内容保存（对方的可用“撤销”找回）", "Save mine (theirs can be brought back by Undo)"],
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
