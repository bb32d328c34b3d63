// Which language the page speaks; everything else says both through `say`.
export { say } from "../feel/words.js";

export const english = () => document.documentElement.lang.startsWith("en");

// What an element is called for the reader: English stands in the first line of its documentation.
export function nameOf(element) {
  const { name, documentation } = element.businessObject;
  const written = (documentation?.[0]?.text || "").split("\n")[0];
  return (english() && written) || name || element.id;
}
