// One diagram of a comparison: drawn, marked, shown around one element.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const LEGIBLE = 0.8;
const BOX = /SubProcess|Participant|Lane|Transaction/;

export class Side {
  constructor(container) {
    this.container = container;
    this.name = container.dataset.compareSide;
    container.classList.add("diagram");
    // The wheel belongs to the page until the diagram is clicked.
    this.viewer = new NavigatedViewer({ container, zoomScroll: { enabled: false }, canvas: { deferUpdate: false } });
    container.addEventListener("pointerdown", () => this.viewer.get("zoomScroll").toggle(true), { once: true });
  }

  async draw() {
    const answer = await fetch(this.container.dataset.diagram, { credentials: "same-origin" });
    if (!answer.ok) {
      throw new Error(`HTTP ${answer.status}`);
    }
    await this.viewer.importXML(await answer.text());
    this.canvas = this.viewer.get("canvas");
    this.registry = this.viewer.get("elementRegistry");
    this.whole();
    this.container.dataset.drawn = "true";
  }

  whole() {
    this.canvas.zoom("fit-viewport", "auto");
  }

  zoom(factor) {
    this.canvas.zoom(this.canvas.zoom() * factor);
  }

  mark(id, change) {
    const element = this.registry?.get(id);
    if (element) {
      this.canvas.addMarker(id, `compare-${change}`);
      if (BOX.test(element.type)) {
        this.canvas.addMarker(id, "compare-box");
      }
    }
  }

  // Returns the box around an element, if it is in this diagram.
  boxOf(id) {
    const element = this.registry?.get(id);
    if (!element) {
      return null;
    }
    if (!element.waypoints) {
      return { x: element.x, y: element.y, width: element.width, height: element.height };
    }
    const [xs, ys] = [element.waypoints.map((one) => one.x), element.waypoints.map((one) => one.y)];
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
  }

  show(box, id) {
    for (const one of this.container.querySelectorAll("[data-element-id].compare-here")) {
      this.canvas.removeMarker(one.dataset.elementId, "compare-here");
    }
    if (this.registry.get(id)) {
      this.canvas.addMarker(id, "compare-here");
    }
    const size = this.canvas.getSize();
    const scale = Math.min(LEGIBLE, size.width / (box.width + 80), size.height / (box.height + 80));
    const [width, height] = [size.width / scale, size.height / scale];
    this.canvas.viewbox({
      x: box.x + box.width / 2 - width / 2,
      y: box.y + box.height / 2 - height / 2,
      width,
      height,
    });
  }

  fail(error) {
    const message = document.createElement("p");
    message.className = "diagram-error";
    message.setAttribute("role", "alert");
    message.textContent = `流程图无法显示 · The diagram cannot be shown: ${error.message}`;
    this.container.replaceChildren(message);
  }
}
