// A diagram whose shapes are as warm as a measure says, and whose flows are as thick as they were
// taken often. Marks are classes; the figures stand in badges, so that no colour has to be read.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const WARMTHS = [1, 2, 3, 4, 5];
const LEGIBLE = 0.8;
const BADGES = "heat";

function badge(words) {
  const element = document.createElement("div");
  element.className = "heat-badge";
  element.textContent = words;
  return element;
}

function flows(viewer, ways) {
  const canvas = viewer.get("canvas");
  for (const one of viewer.get("elementRegistry").filter((each) => each.type === "bpmn:SequenceFlow")) {
    const taken = ways[one.id];
    canvas.addMarker(one.id, taken ? `heat-${taken[0]}` : "heat-never");
  }
}

function warm(viewer, marks) {
  const canvas = viewer.get("canvas");
  const overlays = viewer.get("overlays");
  const registry = viewer.get("elementRegistry");
  overlays.remove({ type: BADGES });
  for (const one of registry.filter((each) => !each.waypoints && each.parent)) {
    WARMTHS.forEach((warmth) => canvas.removeMarker(one.id, `heat-${warmth}`));
  }
  for (const [id, [warmth, words]] of Object.entries(marks)) {
    if (registry.get(id)) {
      canvas.addMarker(id, `heat-${warmth}`);
      overlays.add(id, BADGES, { position: { bottom: 10, left: 4 }, html: badge(words) });
    }
  }
}

function show(viewer, container, id) {
  const canvas = viewer.get("canvas");
  const element = viewer.get("elementRegistry").get(id);
  for (const one of container.querySelectorAll("[data-element-id].heat-here")) {
    canvas.removeMarker(one.dataset.elementId, "heat-here");
  }
  if (!element) {
    return;
  }
  canvas.addMarker(id, "heat-here");
  const size = canvas.getSize();
  const [width, height] = [size.width / LEGIBLE, size.height / LEGIBLE];
  const [x, y] = [element.x + element.width / 2 - width / 2, element.y + element.height / 2 - height / 2];
  canvas.viewbox({ x, y, width, height });
  container.scrollIntoView({ block: "nearest" });
}

function equip(viewer, container) {
  const canvas = viewer.get("canvas");
  const tools = container.parentElement.querySelector("[data-diagram-tools]");
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

function listen(viewer, container, page, steps) {
  page.addEventListener("click", (event) => {
    const measure = event.target.closest("[data-heat-measure]");
    const step = event.target.closest("[data-heat-to]");
    if (measure) {
      for (const one of page.querySelectorAll("[data-heat-measure]")) {
        one.setAttribute("aria-pressed", String(one === measure));
      }
      warm(viewer, steps[measure.dataset.heatMeasure] || {});
    } else if (step) {
      show(viewer, container, step.dataset.heatTo);
    }
  });
}

function report(container, error) {
  const message = document.createElement("p");
  message.className = "diagram-error";
  message.setAttribute("role", "alert");
  message.textContent = `流程图无法显示 · The diagram cannot be shown: ${error.message}`;
  container.replaceChildren(message);
}

async function draw(container, page) {
  container.classList.add("diagram");
  // The wheel belongs to the page until the diagram is clicked.
  const viewer = new NavigatedViewer({ container, zoomScroll: { enabled: false } });
  container.addEventListener("pointerdown", () => viewer.get("zoomScroll").toggle(true), { once: true });
  const answer = await fetch(container.dataset.heatUrl, { credentials: "same-origin" });
  if (!answer.ok) {
    throw new Error(`HTTP ${answer.status}`);
  }
  await viewer.importXML(await answer.text());
  const { steps, ways } = JSON.parse(container.dataset.heat);
  viewer.get("canvas").zoom("fit-viewport", "auto");
  flows(viewer, ways);
  warm(viewer, steps.median);
  equip(viewer, container);
  listen(viewer, container, page, steps);
  container.dataset.drawn = "true";
}

export function heat(container, page) {
  draw(container, page).catch((error) => report(container, error));
}
