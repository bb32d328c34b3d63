// Draws every <div data-diagram-url="…" data-tokens="id id …" data-visited="id id …">.
// An id that occurs twice among the tokens counts as two tokens. Marks are classes; no inline
// style or script is written, so the strict content security policy holds.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

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
  for (const id of new Set(visited.filter(known))) {
    canvas.addMarker(id, "diagram-visited");
  }
  for (const id of new Set(tokens.filter(known))) {
    canvas.addMarker(id, "diagram-token");
    const count = tokens.filter((token) => token === id).length;
    overlays.add(id, { position: { top: -12, right: 12 }, html: badge(count) });
  }
}

async function draw(container) {
  container.classList.add("diagram");
  const viewer = new NavigatedViewer({ container });
  const answer = await fetch(container.dataset.diagramUrl, { credentials: "same-origin" });
  if (!answer.ok) {
    throw new Error(`HTTP ${answer.status}`);
  }
  await viewer.importXML(await answer.text());
  mark(viewer, ids(container.dataset.visited), ids(container.dataset.tokens));
  viewer.get("canvas").zoom("fit-viewport", "auto");
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
    draw(container).catch((error) => report(container, error));
  }
}

drawAll(document);
document.addEventListener("htmx:after:swap", () => drawAll(document));
