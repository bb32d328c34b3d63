// The control for the value of one row of a condition: a list, a field, or ticks for several.
import { valueOf, valueWords } from "./completions.js";
import { say } from "./words.js";

const INPUTS = { number: "number", date: "date" };

export function select(label, pairs, chosen) {
  const made = document.createElement("select");
  made.className = "form-select form-select-sm";
  made.setAttribute("aria-label", label);
  for (const [value, words] of pairs) {
    made.append(new Option(words, value, false, value === chosen));
  }
  return made;
}

function choices(known) {
  if (known?.type === "boolean") {
    return [["true", say("是", "yes")], ["false", say("否", "no")]];
  }
  return (known?.values || []).map((one) => [String(valueOf(one)), valueWords(one) ? `${valueWords(one)}（${valueOf(one)}）` : String(valueOf(one))]);
}

function field(label, value, set) {
  const made = document.createElement("input");
  made.className = "form-control form-control-sm";
  made.setAttribute("aria-label", label);
  made.value = value;
  made.addEventListener("input", () => set(made.value));
  return made;
}

function single(value, pairs, changed) {
  const set = (text) => {
    value.text = text;
    delete value.unset;
    changed();
  };
  if (pairs.length) {
    const all = !value.text || pairs.some(([one]) => one === value.text) ? pairs : [[value.text, value.text], ...pairs];
    const made = select(say("值", "Value"), all, value.text);
    made.addEventListener("change", () => set(made.value));
    return made;
  }
  const made = field(say("值", "Value"), "", set);
  made.type = INPUTS[value.kind] || "text";
  made.step = "any";
  made.value = value.text;
  return made;
}

function listed(row, kind, changed) {
  const words = say("值，用逗号分开", "Values, separated by commas");
  const made = field(words, row.value.map((one) => one.text).join(", "), (typed) => {
    row.value = typed.split(/[,，、]/).map((text) => ({ kind, text: text.trim() })).filter((one) => one.text);
    changed();
  });
  made.placeholder = words;
  return [made];
}

function ticked(row, pairs, kind, changed) {
  const chosen = new Set(row.value.map((one) => one.text));
  const others = [...chosen].filter((one) => !pairs.some(([known]) => known === one));
  return [...pairs, ...others.map((one) => [one, one])].map(([text, words]) => {
    const label = document.createElement("label");
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.checked = chosen.has(text);
    tick.addEventListener("change", () => {
      tick.checked ? chosen.add(text) : chosen.delete(text);
      row.value = [...chosen].map((one) => ({ kind, text: one }));
      changed();
    });
    label.append(tick, ` ${words}`);
    return label;
  });
}

// `known` is the name's entry in the vocabulary, `kind` that of a value where the row has none.
export function valueControl(row, { known, kind, changed }) {
  const pairs = choices(known);
  if (!Array.isArray(row.value)) {
    return single(row.value, pairs, changed);
  }
  const box = document.createElement("span");
  box.className = "condition-several";
  const one = row.value[0]?.kind || kind;
  box.append(...(pairs.length ? ticked(row, pairs, one, changed) : listed(row, one, changed)));
  return box;
}
