// What patterns are made of: shapes with names in both languages, properties, forms and flows.
import { Extensions } from "./extensions.js";

const ANSWERS = {
  agree: ["同意", "Agree"],
  refuse: ["不同意", "Refuse"],
  return: ["退回", "Return"],
  pass: ["合格", "Passed"],
  fail: ["不合格", "Failed"],
};

function formText(id, names, flag, answers) {
  const reason = { type: "textarea", key: "remarks", label: "说明", validate: { maxLength: 2000 }, properties: { label_en: "Remarks" } };
  const known = answers || [];
  const decision = {
    type: "radio",
    key: "decision",
    label: names[0],
    validate: { required: true },
    values: known.map((value) => ({ label: ANSWERS[value][0], value })),
    properties: {
      label_en: names[1],
      binds: `token.${flag}`,
      values_en: Object.fromEntries(known.map((value) => [value, ANSWERS[value][1]])),
    },
  };
  return { type: "default", id, schemaVersion: 16, components: answers ? [decision, reason] : [reason] };
}

export function parts(injector) {
  return new Parts(injector);
}

class Parts {
  constructor(injector) {
    const get = (name) => injector.get(name);
    this.factory = get("elementFactory");
    this.bpmn = get("bpmnFactory");
    this.moddle = get("moddle");
    this.studio = get("config.studio");
    this.extensions = new Extensions(this.moddle, null, this.bpmn);
    this.elements = [];
    this.forms = [];
  }

  answers(...values) {
    return values;
  }

  id(wanted) {
    let id = wanted;
    for (let at = 2; this.moddle.ids.assigned(id) || this.studio.draft.file(`forms/${id}.json`) !== undefined; at += 1) {
      id = `${wanted}_${at}`;
    }
    return id;
  }

  object(type, wanted, [name, documentation], more = {}) {
    const id = this.id(wanted);
    const made = this.bpmn.create(type, { id, ...(name && { name }), ...more });
    this.moddle.ids.claim(id, made);
    if (documentation) {
      const text = this.bpmn.create("bpmn:Documentation", { text: documentation });
      text.$parent = made;
      made.documentation = [text];
    }
    return made;
  }

  shape(businessObject, x, y, more = {}) {
    const made = this.factory.createShape({ type: businessObject.$type, businessObject, x, y, ...more });
    this.elements.push(made);
    return made;
  }

  gateway(type, x, y, id, names) {
    return this.shape(this.object(type, id, names), x, y);
  }

  end(x, y, id, names) {
    return this.shape(this.object("bpmn:EndEvent", id, names), x, y);
  }

  task(x, y, wanted, names, properties, answers, prefix = "own.") {
    const made = this.object("bpmn:UserTask", wanted, names);
    const flag = `${made.id}_answer`;
    const entries = { act: `${prefix}${made.id}`, ...properties };
    this.extensions.attach(made, [this.extensions.properties(Object.entries(entries).map(([name, value]) => ({ name, value })))]);
    this.forms.push({ id: made.id, text: `${JSON.stringify(formText(made.id, names, flag, answers), null, 2)}\n` });
    return Object.assign(this.shape(made, x, y), { flag });
  }

  notice(x, y, id, names, values) {
    const made = this.object("bpmn:ServiceTask", id, names);
    const parameters = Object.entries(values).map(([name, words]) => ({ id: name, type: "string", value: JSON.stringify(words) }));
    this.extensions.attach(made, [this.extensions.operator({ id: "notify", result: "", parameters })]);
    return this.shape(made, x, y);
  }

  reminder(host, x, y, id, names, cycle) {
    const made = this.object("bpmn:BoundaryEvent", id, names, { cancelActivity: false, attachedToRef: host.businessObject });
    const timeCycle = this.bpmn.create("bpmn:FormalExpression", { body: cycle });
    const definition = this.bpmn.create("bpmn:TimerEventDefinition", { timeCycle });
    timeCycle.$parent = definition;
    definition.$parent = made;
    made.eventDefinitions = [definition];
    return this.shape(made, x, y, { host });
  }

  // A condition of null makes the flow the default of its gateway.
  flow(source, target, names = ["", ""], condition = undefined, waypoints = undefined) {
    const made = this.object("bpmn:SequenceFlow", `f_${source.businessObject.id}_${target.businessObject.id}`, names);
    if (condition) {
      made.conditionExpression = this.bpmn.create("bpmn:FormalExpression", { body: condition });
      made.conditionExpression.$parent = made;
    } else if (condition === null) {
      source.businessObject.default = made;
    }
    const points = (waypoints || route(source, target)).map(([x, y]) => ({ x, y }));
    this.elements.push(this.factory.createConnection({ type: "bpmn:SequenceFlow", businessObject: made, source, target, waypoints: points }));
  }
}

// Straight where it can be, else down or up first and then across, or across and then down.
function route(source, target) {
  const from = [source.x + source.width, source.y + source.height / 2];
  const to = [target.x, target.y + target.height / 2];
  const [middle, below] = [source.x + source.width / 2, target.x + target.width / 2];
  if (from[1] === to[1]) {
    return [from, to];
  }
  if (/Gateway/.test(target.type)) {
    const edge = from[1] < to[1] ? target.y : target.y + target.height;
    return [from, [below, from[1]], [below, edge]];
  }
  const edge = from[1] < to[1] ? source.y + source.height : source.y;
  return [[middle, edge], [middle, to[1]], to];
}
