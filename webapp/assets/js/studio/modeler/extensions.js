// Reads and writes our extension elements. They are generic elements to moddle, with no type of
// their own, so that whatever other tools wrote beside ours is kept as it is.
const URI = "http://spiffworkflow.org/bpmn/schema/1.0/core";

const isOurs = (element, name) => element.$descriptor?.ns?.uri === URI && element.$descriptor.ns.localName === name;

function extensionsOf(businessObject) {
  return businessObject.get("extensionElements")?.get("values") || [];
}

function found(businessObject, name) {
  return extensionsOf(businessObject).find((one) => isOurs(one, name));
}

const childrenOf = (element) => element?.$children || [];

export function propertiesOf(businessObject) {
  return childrenOf(found(businessObject, "properties"))
    .filter((one) => isOurs(one, "property"))
    .map((one) => ({ name: one.name, value: one.value ?? "" }));
}

export function propertyOf(businessObject, name) {
  return propertiesOf(businessObject).find((one) => one.name === name)?.value ?? "";
}

export function operationOf(businessObject) {
  const operator = found(businessObject, "serviceTaskOperator");
  const parameters = childrenOf(operator).find((one) => isOurs(one, "parameters"));
  return {
    id: operator?.id ?? "",
    result: operator?.resultVariable ?? "",
    parameters: childrenOf(parameters).map(({ id, type, value }) => ({ id, type, value: value ?? "" })),
  };
}

export function decisionOf(businessObject) {
  return (found(businessObject, "calledDecisionId")?.$body || "").trim();
}

// Writes through the command stack, so that everything can be undone.
export class Extensions {
  constructor(moddle, modeling, bpmnFactory) {
    Object.assign(this, { moddle, modeling, bpmnFactory });
  }

  make(name, attributes = {}, children) {
    return this.moddle.createAny(`spiffworkflow:${name}`, URI, { ...attributes, ...(children && { $children: children }) });
  }

  properties(entries) {
    return this.make("properties", {}, entries.map(({ name, value }) => this.make("property", { name, value })));
  }

  operator({ id, result, parameters = [] }) {
    const given = parameters.map(({ id: name, type, value }) => this.make("parameter", { id: name, ...(type && { type }), value }));
    return this.make("serviceTaskOperator", { id, ...(result && { resultVariable: result }) }, [
      this.make("parameters", {}, given),
    ]);
  }

  decision(id) {
    return this.make("calledDecisionId", { $body: id });
  }

  // An element that is not drawn yet.
  attach(businessObject, values) {
    const extensions = this.bpmnFactory.create("bpmn:ExtensionElements", { values });
    extensions.$parent = businessObject;
    businessObject.extensionElements = extensions;
  }

  replace(element, name, made) {
    const businessObject = element.businessObject;
    const before = extensionsOf(businessObject);
    const old = found(businessObject, name);
    const values = old ? before.map((one) => (one === old ? made : one)) : [...before, made];
    const kept = values.filter(Boolean);
    const extensions = businessObject.get("extensionElements");
    if (!kept.length) {
      this.modeling.updateProperties(element, { extensionElements: undefined });
    } else if (extensions) {
      this.modeling.updateModdleProperties(element, extensions, { values: kept });
    } else {
      const created = this.bpmnFactory.create("bpmn:ExtensionElements", { values: kept });
      created.$parent = businessObject;
      this.modeling.updateProperties(element, { extensionElements: created });
    }
  }

  writeProperties(element, entries) {
    const others = childrenOf(found(element.businessObject, "properties")).filter((one) => !isOurs(one, "property"));
    const made = entries.length || others.length ? this.properties(entries) : null;
    if (made && others.length) {
      made.$children = [...made.$children, ...others];
    }
    this.replace(element, "properties", made);
  }

  // An empty value takes the property away.
  setProperty(element, name, value) {
    const entries = propertiesOf(element.businessObject);
    const known = entries.some((one) => one.name === name);
    const changed = known
      ? entries.map((one) => (one.name === name ? { name, value } : one))
      : [...entries, { name, value }];
    this.writeProperties(element, changed.filter((one) => one.name !== name || one.value));
  }

  setOperation(element, changes) {
    this.replace(element, "serviceTaskOperator", this.operator({ ...operationOf(element.businessObject), ...changes }));
  }

  setDecision(element, id) {
    this.replace(element, "calledDecisionId", id ? this.decision(id) : null);
  }
}

Extensions.$inject = ["moddle", "modeling", "bpmnFactory"];
