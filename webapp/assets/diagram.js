// Draws every <div data-diagram-url="…" data-tokens="id id …" data-visited="id id …">.
// An id that occurs twice among the tokens counts as two tokens. Marks are classes; no inline
// style or script is written, so the strict content security policy holds.
import { Viewer } from "./js/viewer.js";

const LEGIBLE = 0.62;

function ids(text) {
  return (text || "").split(/[\s,]+/).filter(Boolean);
}

function badge(count) {
  const element = document.createElement("div");
  element.className = "diagram-token-count";
  element.textContent = String(count);
  return element;
}

function mark({ canvas, overlays, registry }, visited, tokens) {
  const known = (id) => registry.get(id);
  // A box that holds steps would hide them under its colour.
  const step = (id) => known(id) && !/SubProcess|Participant|Lane/.test(registry.get(id).type);
  for (const id of new Set(visited.filter(step))) {
    canvas.addMarker(id, "diagram-visited");
  }
  for (const id of new Set(tokens.filter(known))) {
    canvas.addMarker(id, "diagram-token");
    const count = tokens.filter((token) => token === id).length;
    if (count > 1) {
      overlays.add(id, { position: { top: -12, right: 12 }, html: badge(count) });
    }
  }
}

// A wide diagram would be too small to read: then the place where the case stands fills the frame.
function look(viewer, whole, tokens) {
  const here = tokens.map((id) => viewer.registry.get(id)).find(Boolean);
  if (whole < LEGIBLE && here) {
    viewer.around(here, LEGIBLE);
  }
}

async function draw(viewer) {
  const { container } = viewer;
  const whole = await viewer.open(container.dataset.diagramUrl);
  const tokens = ids(container.dataset.tokens);
  mark(viewer, ids(container.dataset.visited), tokens);
  look(viewer, whole, tokens);
  viewer.equip();
  container.dataset.drawn = "true";
}

function drawAll(root) {
  for (const container of root.querySelectorAll("[data-diagram-url]:not(.diagram)")) {
    // One that is folded has no size yet; it is drawn when somebody unfolds it.
    if (container.closest("details:not([open])")) {
      continue;
    }
    const viewer = new Viewer(container);
    draw(viewer).catch((error) => viewer.fail(error));
  }
}

for (const fold of document.querySelectorAll("details[data-fold]")) {
  fold.open &&= !window.matchMedia("(max-width: 47.99rem)").matches;
  fold.addEventListener("toggle", () => drawAll(fold));
}

drawAll(document);
document.addEventListener("htmx:after:swap", () => drawAll(document));
