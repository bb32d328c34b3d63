// Draws every <div data-diagram-url="…" data-tokens="id id …" data-visited="id id …">.
// An id that occurs twice among the tokens counts as two tokens. Marks are classes; no inline
// style or script is written, so the strict content security policy holds.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

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

function mark(viewer, visited, tokens) {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  const overlays = viewer.get("overlays");
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
function look(viewer, tokens) {
  const canvas = viewer.get("canvas");
  const whole = canvas.zoom("fit-viewport", "auto");
  const here = tokens.map((id) => viewer.get("elementRegistry").get(id)).find(Boolean);
  if (whole < LEGIBLE && here) {
    const size = canvas.getSize();
    const [width, height] = [size.width / LEGIBLE, size.height / LEGIBLE];
    const [x, y] = [here.x + here.width / 2 - width / 2, here.y + here.height / 2 - height / 2];
    canvas.viewbox({ x, y, width, height });
  }
}

function equip(viewer, frame) {
  const tools = frame?.querySelector("[data-diagram-tools]");
  if (!tools) {
    return;
  }
  const canvas = viewer.get("canvas");
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const wanted = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (wanted === "whole") {
      canvas.zoom("fit-viewport", "auto");
    } else if (wanted) {
      canvas.zoom(canvas.zoom() * (wanted === "in" ? 1.25 : 0.8));
    }
  });
}

async function draw(container) {
  container.classList.add("diagram");
  // The wheel belongs to the page until the diagram is clicked.
  const viewer = new NavigatedViewer({ container, zoomScroll: { enabled: false } });
  container.addEventListener("pointerdown", () => viewer.get("zoomScroll").toggle(true), { once: true });
  const answer = await fetch(container.dataset.diagramUrl, { credentials: "same-origin" });
  if (!answer.ok) {
    throw new Error(`HTTP ${answer.status}`);
  }
  await viewer.importXML(await answer.text());
  const tokens = ids(container.dataset.tokens);
  mark(viewer, ids(container.dataset.visited), tokens);
  look(viewer, tokens);
  equip(viewer, container.parentElement);
  container.dataset.drawn = "true";
}

function report(container, error) {
  const message = document.createElement("p");
  message.className = "diagram-error";
  message.setAttribute("role", "alert");
  message.textContent = `流程图无法显示 · The diagram cannot be shown: ${error.message}`;
  container.replaceChildren(message);
}

function drawAll(root) {
  for (const container of root.querySelectorAll("[data-diagram-url]:not(.diagram)")) {
    // One that is folded has no size yet; it is drawn when somebody unfolds it.
    if (container.closest("details:not([open])")) {
      continue;
    }
    draw(container).catch((error) => report(container, error));
  }
}

for (const fold of document.querySelectorAll("details[data-fold]")) {
  fold.open &&= !window.matchMedia("(max-width: 47.99rem)").matches;
  fold.addEventListener("toggle", () => drawAll(fold));
}

drawAll(document);
document.addEventListener("htmx:after:swap", () => drawAll(document));
