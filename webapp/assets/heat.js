// Draws the diagram of every analysis: <div data-heat-url="…" data-heat="{marks}">.
import { heat } from "./js/studio/heat/heat.js";

for (const container of document.querySelectorAll("[data-heat-url]")) {
  heat(container, document);
}
