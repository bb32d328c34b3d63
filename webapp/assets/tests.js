// The scenarios of a draft.
import { say } from "./js/studio/feel/words.js";
import { startTests } from "./js/studio/tests/page.js";

const root = document.querySelector("[data-tests]");
startTests(root).catch((error) => {
  const told = root.querySelector('[data-part="broken"]');
  told.hidden = false;
  told.textContent = say(`页面没有打开：${error.message}`, `The page did not open: ${error.message}`);
});
