// The palette stands beside the drawing, in one column, so that it never lies over what is drawn.
const AFTER_THE_PALETTE = 100;

class Rail {
  constructor(eventBus, canvas, palette) {
    palette._needsCollapse = () => false;
    eventBus.on("diagram.init", AFTER_THE_PALETTE, () => {
      const rail = document.createElement("div");
      rail.className = "modeler-rail djs-parent";
      rail.append(canvas.getContainer().querySelector(".djs-palette"));
      canvas.getContainer().before(rail);
    });
  }
}
Rail.$inject = ["eventBus", "canvas", "palette"];

export default {
  __init__: ["studioRail"],
  studioRail: ["type", Rail],
};
