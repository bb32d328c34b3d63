// Messages, signals and errors: root elements of a file, held as long as something refers to them.
const skipped = (name) => name.startsWith("$") || name === "di";

// Whether anything of the file but `holder` refers to a root element. References are not enumerable.
export function isReferred(root, target, holder) {
  const seen = new Set([root, target]);
  const waiting = [root];
  while (waiting.length) {
    const one = waiting.pop();
    for (const name of Object.getOwnPropertyNames(one).filter((each) => !skipped(each))) {
      const values = Array.isArray(one[name]) ? one[name] : [one[name]];
      if (name !== "rootElements" && one !== holder && values.includes(target)) {
        return true;
      }
      for (const value of values) {
        if (value?.$type && !seen.has(value)) {
          seen.add(value);
          waiting.push(value);
        }
      }
    }
  }
  return false;
}

function made(elements, root, { type, prefix }, attributes, bpmnFactory) {
  const id = prefix + Object.values(attributes)[0].replace(/\W+/g, "_");
  const taken = elements.some((one) => one.id === id);
  const target = bpmnFactory.create(type, { ...attributes, ...(!taken && { id }) });
  target.$parent = root;
  return target;
}

// Refers to a root element of a name, which is made where there is none; the one before goes with
// the last reference to it. One command to undo.
export function refer({ element, definition, root }, kind, attributes, { bpmnFactory, commandStack }) {
  const { type, reference } = kind;
  const [key, value] = Object.entries(attributes)[0];
  const elements = root.get("rootElements");
  const before = definition.get(reference);
  if ((before?.get(key) || "") === value) {
    return;
  }
  const known = elements.find((one) => one.$type === type && one.get(key) === value);
  const kept = before && !isReferred(root, before, definition) ? elements.filter((one) => one !== before) : [...elements];
  const target = known || (value ? made(kept, root, kind, attributes, bpmnFactory) : undefined);
  if (target && !known) {
    kept.splice(kept.findIndex((one) => one.$type === "bpmn:Process"), 0, target);
  }
  const update = (moddleElement, properties) => ({ cmd: "element.updateModdleProperties", context: { element, moddleElement, properties } });
  const changed = target !== known || kept.length !== elements.length;
  // The reference first: bpmn-js puts back any root element that something refers to still.
  const commands = [update(definition, { [reference]: target }), ...(changed ? [update(root, { rootElements: kept })] : [])];
  commandStack.execute("properties-panel.multi-command-executor", commands);
}
