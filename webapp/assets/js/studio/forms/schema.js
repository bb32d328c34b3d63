// A form as our files hold it: what form-js adds for itself is left out, the rest stays in order.
const ORDER = ["type", "subtype", "key", "path", "label", "dateLabel", "text", "description", "readonly", "disabled", "multiple", "decimalDigits", "defaultValue", "validate", "conditional", "values", "valuesKey", "properties", "components"];
const THEIRS = new Set(["id", "layout", "_parent", "_path", "isRepeating", "allowAddRemove", "defaultRepetitions", "showOutline", "timeSerializingFormat", "appearance", "label_"]);
const TOP = ["type", "id", "schemaVersion", "components"];

function empty(value) {
  return value === undefined || value === null || value === "" || value === false || (typeof value === "object" && !Array.isArray(value) && !Object.keys(value).length);
}

function inOrder(names, order) {
  const place = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...names].sort((one, other) => place(one) - place(other));
}

function withoutEmpty(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => !empty(inner)));
}

function component(found, held) {
  const own = held.get(found.key || found.path || "") || {};
  const made = {};
  for (const name of inOrder(Object.keys(found), [...Object.keys(own), ...ORDER])) {
    const kept = name in own || !THEIRS.has(name);
    const value = name === "components" ? components(found[name], held) : withoutEmpty(found[name]);
    if (kept && (!empty(value) || name in own)) {
      made[name] = value;
    }
  }
  return made;
}

function components(list, held) {
  return (list || []).map((one) => component(one, held));
}

function* everyOne(list) {
  for (const one of list || []) {
    yield one;
    yield* everyOne(one.components);
  }
}

// Returns the text of a file; `before` is the form as it was, whose own attributes stay.
export function written(schema, before) {
  const held = new Map([...everyOne(before?.components)].map((one) => [one.key || one.path || "", one]));
  const made = {};
  for (const name of inOrder(Object.keys(schema), TOP)) {
    if (TOP.includes(name) || name in (before || {})) {
      made[name] = schema[name];
    }
  }
  made.schemaVersion = before?.schemaVersion ?? schema.schemaVersion;
  made.components = components(schema.components, held);
  return `${JSON.stringify(made, null, 2)}\n`;
}

export function emptyForm(id) {
  return `${JSON.stringify({ type: "default", id, schemaVersion: 16, components: [] }, null, 2)}\n`;
}

export { everyOne };
