// Which language the page speaks; everything else says both through `say`.
export { say } from "../feel/words.js";

export const english = () => document.documentElement.lang.startsWith("en");
