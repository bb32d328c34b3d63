// A diagram that may only be read: the same page, nothing that changes it.
class Locked {
  constructor(eventBus, directEditing, palette, contextPad) {
    const nothing = () => false;
    for (const name of ["element.dblclick", "shape.move.start", "connectionSegment.move.start", "bendpoint.move.start", "resize.start", "connect.start"]) {
      eventBus.on(name, 5000, nothing);
    }
    directEditing.activate = nothing;
    contextPad.open = nothing;
    contextPad.isShown = nothing;
    palette._init = nothing;
    eventBus.on("commandStack.preExecute", 5000, (event) => {
      throw new Error(`read only: ${event.command}`);
    });
  }
}
Locked.$inject = ["eventBus", "directEditing", "palette", "contextPad"];

class NoRules {
  allowed() {
    return false;
  }
}

export default { __init__: ["locked"], locked: ["type", Locked], rules: ["type", NoRules] };
