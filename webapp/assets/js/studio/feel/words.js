// Words of the designer's editors, Chinese with English beside it; the page's language decides.
const english = () => document.documentElement.lang.startsWith("en");

export function say(chinese, inEnglish) {
  return english() ? inEnglish : chinese;
}

const KINDS = {
  boolean: ["是或否", "true or false"],
  number: ["数", "number"],
  string: ["文字", "text"],
  date: ["日期", "date"],
  time: ["时间", "time"],
  "date and time": ["日期和时间", "date and time"],
  list: ["列表", "list"],
  context: ["一组值", "context"],
  function: ["函数", "function"],
  any: ["任意", "anything"],
};

// The name of a FEEL type for people; "" where nothing is known of it.
export function kindWords(kind) {
  const [chinese, inEnglish] = KINDS[kind] || [kind || "", kind || ""];
  return kind === "any" ? "" : say(chinese, inEnglish);
}
