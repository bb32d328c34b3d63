// Two diagrams that move together, and a list whose entries are looked up in both.
import { Side } from "./side.js";

// What one side does the other does; what it does because of the other goes no further.
function follow(sides, state) {
  for (const side of sides) {
    side.viewer.get("eventBus").on("canvas.viewbox.changed", ({ viewbox }) => {
      if (state.busy) {
        return;
      }
      const { x, y, width, height } = viewbox;
      alone(state, () => {
        for (const other of sides.filter((one) => one !== side)) {
          other.canvas.viewbox({ x, y, width, height });
        }
      });
    });
  }
}

function alone(state, act) {
  state.busy = true;
  try {
    act();
  } finally {
    state.busy = false;
  }
}

// What is new is in the newer diagram only, what is gone in the older; the rest in both.
function mark(sides, place) {
  for (const { dataset } of place.querySelectorAll("[data-compare-mark]")) {
    for (const side of sides) {
      side.mark(dataset.compareMark, dataset.change);
    }
  }
}

function go(sides, id, button, state) {
  const boxes = sides.map((side) => side.boxOf(id));
  const known = boxes.find(Boolean);
  if (!known) {
    return;
  }
  for (const other of button.ownerDocument.querySelectorAll("[data-compare-to][aria-pressed]")) {
    other.removeAttribute("aria-pressed");
  }
  button.setAttribute("aria-pressed", "true");
  // Each shows its own place, so that what moved is seen in both.
  alone(state, () => sides.forEach((side, at) => side.show(boxes[at] || known, id)));
  sides[0].container.closest("[data-compare]").scrollIntoView({ block: "nearest" });
}

export async function compare(place, page) {
  const sides = [...place.querySelectorAll("[data-compare-side]")].map((one) => new Side(one));
  await Promise.all(sides.map((side) => side.draw().catch((error) => side.fail(error))));
  const drawn = sides.filter((side) => side.container.dataset.drawn);
  const state = { busy: false };
  mark(drawn, place);
  follow(drawn, state);
  drawn.forEach((side) => side.equip());
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-compare-to]");
    if (button) {
      go(drawn, button.dataset.compareTo, button, state);
    }
  });
  place.dataset.ready = "true";
}
