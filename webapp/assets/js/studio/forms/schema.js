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

// Nothing empty but what the file itself holds.
function withoutEmpty(value, own) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).filter(([name, inner]) => !empty(inner) || name in Object(own)));
}

function component(found, held) {
  const own = held.get(found.id) || {};
  const made = {};
  for (const name of inOrder(Object.keys(found), [...Object.keys(own), ...ORDER])) {
    const kept = name in own || !THEIRS.has(name);
    const value = name === "components" ? components(found[name], held) : withoutEmpty(found[name], own[name]);
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

// Takes a file in: `schema` for form-js, whose components all have an id, and for `written` what
// each of them was by that id, as texts and groups have no key to know them by.
export function opened(text) {
  const form = JSON.parse(text);
  const schema = JSON.parse(text);
  const copies = [...everyOne(schema.components)];
  const taken = new Set(copies.map((one) => one.id));
  const held = new Map();
  let count = 0;
  [...everyOne(form.components)].forEach((one, at) => {
    while (!copies[at].id) {
      count += 1;
      const id = `held_${count}`;
      copies[at].id = taken.has(id) ? undefined : id;
    }
    held.set(copies[at].id, one);
  });
  return { schema, before: { form, held } };
}

// Returns the text of a file; `before` comes from `opened`: the attributes that were there stay.
export function written(schema, { form: before, held }) {
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
