// Draws the two sides of every <div data-compare>, marks what differs and keeps them at one place.
import { compare } from "./js/studio/compare/compare.js";

for (const place of document.querySelectorAll("[data-compare]")) {
  compare(place, document);
}
