// A diagram that may only be read: the same page, nothing that changes it.
class Locked {
  constructor(eventBus, directEditing, contextPad) {
    const nothing = () => false;
    for (const name of ["element.dblclick", "shape.move.start", "connectionSegment.move.start", "bendpoint.move.start", "resize.start", "connect.start"]) {
      eventBus.on(name, 5000, nothing);
    }
    directEditing.activate = nothing;
    contextPad.open = nothing;
    contextPad.isShown = nothing;
    eventBus.on("commandStack.preExecute", 5000, (event) => {
      throw new Error(`Expected nothing to change, but ${event.command} was asked for`);
    });
  }
}
Locked.$inject = ["eventBus", "directEditing", "contextPad"];

class NoRules {
  allowed() {
    return false;
  }
}

export default { __init__: ["locked"], locked: ["type", Locked], rules: ["type", NoRules] };
