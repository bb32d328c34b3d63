// Copying and changing the type of an element keep extensions that moddle has no type for.
import ModdleCopy from "bpmn-js/lib/features/copy-paste/ModdleCopy";

class CopyAll extends ModdleCopy {
  constructor(eventBus, bpmnFactory, moddle) {
    super(eventBus, bpmnFactory, moddle);
    this.model = moddle;
  }

  copyProperty(property, parent, name, clone) {
    if (property?.$descriptor?.isGeneric) {
      return this.generic(property, parent);
    }
    return super.copyProperty(property, parent, name, clone);
  }

  generic(element, parent) {
    const { $children, ...rest } = element;
    const attributes = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith("$") || name === "$body"));
    const made = this.model.createAny(element.$type, element.$descriptor.ns.uri, attributes);
    made.$parent = parent;
    if ($children) {
      made.$children = $children.map((child) => this.generic(child, made));
    }
    return made;
  }
}

CopyAll.$inject = ["eventBus", "bpmnFactory", "moddle"];

export default { moddleCopy: ["type", CopyAll] };
