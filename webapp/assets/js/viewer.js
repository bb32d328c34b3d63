// A diagram to look at: drawn into a frame, zoomed by its buttons, shown around one place.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const STEP = 1.25;

export class Viewer {
  constructor(container, options = {}) {
    this.container = container;
    container.classList.add("diagram");
    // The wheel belongs to the page until the diagram is clicked.
    this.viewer = new NavigatedViewer({ container, zoomScroll: { enabled: false }, ...options });
    container.addEventListener("pointerdown", () => this.viewer.get("zoomScroll").toggle(true), { once: true });
  }

  get canvas() {
    return this.viewer.get("canvas");
  }

  get registry() {
    return this.viewer.get("elementRegistry");
  }

  get overlays() {
    return this.viewer.get("overlays");
  }

  // Returns how large the whole of it is shown.
  async open(address) {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) {
      throw new Error(`HTTP ${answer.status}`);
    }
    await this.viewer.importXML(await answer.text());
    return this.whole();
  }

  whole() {
    return this.canvas.zoom("fit-viewport", "auto");
  }

  // The middle of a box in the middle of the frame.
  around({ x, y, width, height }, scale) {
    const size = this.canvas.getSize();
    const [wide, high] = [size.width / scale, size.height / scale];
    this.canvas.viewbox({ x: x + width / 2 - wide / 2, y: y + height / 2 - high / 2, width: wide, height: high });
  }

  equip(tools = this.container.parentElement?.querySelector("[data-diagram-tools]")) {
    if (!tools) {
      return;
    }
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const wanted = event.target.closest("[data-zoom]")?.dataset.zoom;
      if (wanted === "whole") {
        this.whole();
      } else if (wanted) {
        this.canvas.zoom(this.canvas.zoom() * (wanted === "in" ? STEP : 1 / STEP));
      }
    });
  }

  // Marks one element, and takes the mark from the others.
  point(id, marker) {
    for (const one of this.registry.filter((each) => this.canvas.hasMarker(each.id, marker))) {
      this.canvas.removeMarker(one.id, marker);
    }
    if (this.registry.get(id)) {
      this.canvas.addMarker(id, marker);
    }
  }

  fail(error) {
    const message = document.createElement("p");
    message.className = "diagram-error";
    message.setAttribute("role", "alert");
    message.textContent = `流程图无法显示 · The diagram cannot be shown: ${error.message}`;
    this.container.replaceChildren(message);
  }
}
