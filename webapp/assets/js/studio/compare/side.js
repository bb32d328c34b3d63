// One diagram of a comparison: drawn, marked, shown around one element.
import { Viewer } from "../../viewer.js";

const LEGIBLE = 0.8;
const BOX = /SubProcess|Participant|Lane|Transaction/;

export class Side extends Viewer {
  constructor(container) {
    super(container, { canvas: { deferUpdate: false } });
    this.name = container.dataset.compareSide;
  }

  async draw() {
    await this.open(this.container.dataset.diagram);
    this.container.dataset.drawn = "true";
  }

  mark(id, change) {
    const element = this.registry.get(id);
    if (element) {
      this.canvas.addMarker(id, `compare-${change}`);
      if (BOX.test(element.type)) {
        this.canvas.addMarker(id, "compare-box");
      }
    }
  }

  // Returns the box around an element, if it is in this diagram.
  boxOf(id) {
    const element = this.registry.get(id);
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
    this.point(id, "compare-here");
    const size = this.canvas.getSize();
    this.around(box, Math.min(LEGIBLE, size.width / (box.width + 80), size.height / (box.height + 80)));
  }
}
