// A diagram whose shapes are as warm as a measure says, and whose flows are as thick as they were
// taken often. Marks are classes; the figures stand in badges, so that no colour has to be read.
import { Viewer } from "../../viewer.js";

const WARMTHS = [1, 2, 3, 4, 5];
const LEGIBLE = 0.8;
const BADGES = "heat";

function badge(words) {
  const element = document.createElement("div");
  element.className = "heat-badge";
  element.textContent = words;
  return element;
}

function flows({ canvas, registry }, ways) {
  for (const one of registry.filter((each) => each.type === "bpmn:SequenceFlow")) {
    const taken = ways[one.id];
    canvas.addMarker(one.id, taken ? `heat-${taken[0]}` : "heat-never");
  }
}

function warm({ canvas, overlays, registry }, marks) {
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

function show(viewer, id) {
  const element = viewer.registry.get(id);
  viewer.point(id, "heat-here");
  if (element) {
    viewer.around(element, LEGIBLE);
    viewer.container.scrollIntoView({ block: "nearest" });
  }
}

function listen(viewer, page, steps) {
  page.addEventListener("click", (event) => {
    const measure = event.target.closest("[data-heat-measure]");
    const step = event.target.closest("[data-heat-to]");
    if (measure) {
      for (const one of page.querySelectorAll("[data-heat-measure]")) {
        one.setAttribute("aria-pressed", String(one === measure));
      }
      warm(viewer, steps[measure.dataset.heatMeasure] || {});
    } else if (step) {
      show(viewer, step.dataset.heatTo);
    }
  });
}

async function draw(viewer, page) {
  const { container } = viewer;
  await viewer.open(container.dataset.heatUrl);
  const { steps, ways } = JSON.parse(container.dataset.heat);
  flows(viewer, ways);
  warm(viewer, steps.median);
  viewer.equip();
  listen(viewer, page, steps);
  container.dataset.drawn = "true";
}

export function heat(container, page) {
  const viewer = new Viewer(container);
  draw(viewer, page).catch((error) => viewer.fail(error));
}
