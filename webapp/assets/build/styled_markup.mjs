// Makes elements of markup without style attributes: their styles are set one by one.
import domify from "domify";

export default function styled(markup, ...more) {
  const made = domify(typeof markup === "string" ? markup.replaceAll(/\sstyle="/g, ' data-styled="') : markup, ...more);
  const found = made.querySelectorAll ? [...made.querySelectorAll("[data-styled]")] : [];
  for (const one of made.dataset?.styled ? [made, ...found] : found) {
    one.style.cssText = one.dataset.styled;
    one.removeAttribute("data-styled");
  }
  return made;
}
