// The page of a draft's diagram.
import { start } from "./js/studio/modeler/app.js";
import { say } from "./js/studio/modeler/words.js";

const root = document.querySelector("[data-modeler]");

start(root).catch((error) => {
  const note = root.querySelector("[data-part=note]");
  note.hidden = false;
  note.textContent = `${say("编辑器无法打开：", "The editor cannot be opened: ")}${error.message}`;
});
