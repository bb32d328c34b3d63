// What may be typed at a place of an expression, from the names, values and functions we know.
import { BUILTINS } from "./builtins.js";

const NAME = "[A-Za-z_\\u0080-\\uffff][\\w\\u0080-\\uffff]*(?:\\.[\\w\\u0080-\\uffff]*)*";
const TOKEN = new RegExp(`${NAME}$`);
const PHRASE = /(?:[A-Za-z]+ ){1,4}[A-Za-z]*$/;
const COMPARED = new RegExp(`(${NAME})\\s*(?:!=|=|in\\s*\\((?:[^()]*,)?)\\s*$`);
const CALLED = /(due|rule)\s*\(\s*$/;
const MOST = 14;
const WORDS = ["and", "or", "null", "true", "false", "if", "then", "else", "in", "between"];

// A value of a name is a plain text, or a text with words.
export function valueOf(one) {
  return typeof one === "object" ? one.id ?? one.value : one;
}

export function valueWords(one) {
  return typeof one === "object" ? one.name ?? one.words ?? "" : "";
}

const quoted = (text) => JSON.stringify(String(text));

function insideText(before) {
  let start = -1;
  for (let at = 0; at < before.length; at += 1) {
    if (before[at] === "\\" && start >= 0) {
      at += 1;
    } else if (before[at] === '"') {
      start = start < 0 ? at : -1;
    }
  }
  return start;
}

export function valuesOf(name, vocabulary) {
  const found = (vocabulary.names || []).find((one) => one.name === name);
  if (found?.type === "boolean") {
    return [{ insert: "true" }, { insert: "false" }];
  }
  return (found?.values || []).map((one) => ({ insert: quoted(valueOf(one)), words: valueWords(one) }));
}

function keysOf(call, vocabulary) {
  const list = call === "due" ? vocabulary.due_names : vocabulary.rules;
  return (list || []).map((one) => ({ insert: quoted(valueOf(one)), words: valueWords(one) }));
}

function everything(vocabulary) {
  const names = (vocabulary.names || []).map((one) => ({ insert: one.name, words: one.words, kind: one.type }));
  const functions = (vocabulary.functions || []).map((one) => ({
    insert: `${one.name}()`,
    words: one.words || (one.parameters || []).map((part) => part.name || part).join(", "),
    kind: one.result || "function",
  }));
  const own = BUILTINS.map((name) => ({ insert: `${name}()`, kind: "function" }));
  return [...names, ...functions, ...WORDS.map((word) => ({ insert: word })), ...own];
}

function rank(one, typed) {
  const name = one.insert.toLowerCase();
  if (name.startsWith(typed)) {
    return 0;
  }
  if (name.includes(`.${typed}`)) {
    return 1;
  }
  return name.includes(typed) || (one.words || "").toLowerCase().includes(typed) ? 2 : 9;
}

function chosen(list, typed) {
  const small = typed.toLowerCase();
  return list
    .map((one, at) => [rank(one, small), at, one])
    .filter(([place]) => place < 9)
    .sort((one, other) => one[0] - other[0] || one[1] - other[1])
    .slice(0, MOST)
    .map(([, , one]) => one);
}

function atValue(before, text, caret, vocabulary) {
  const quote = insideText(before);
  const ahead = quote >= 0 ? before.slice(0, quote) : before;
  const [call, compared] = [CALLED.exec(ahead), COMPARED.exec(ahead)];
  const list = call ? keysOf(call[1], vocabulary) : compared ? valuesOf(compared[1], vocabulary) : [];
  if (quote < 0) {
    return { from: caret, to: caret, items: list.slice(0, MOST) };
  }
  const typed = before.slice(quote + 1).toLowerCase();
  const fits = (one) => `${one.insert} ${one.words || ""}`.toLowerCase().includes(typed);
  const items = list.filter((one) => one.insert.startsWith('"') && fits(one)).slice(0, MOST);
  return { from: quote, to: text[caret] === '"' ? caret + 1 : caret, items };
}

// What is being typed: a name, or the first words of a function of several, as `string le`.
function begun(before) {
  const phrase = PHRASE.exec(before)?.[0] || "";
  const known = (words) => words.includes(" ") && BUILTINS.some((name) => name.startsWith(words.toLowerCase()));
  for (let words = phrase; words; words = words.replace(/^\S+\s?/, "")) {
    if (known(words)) {
      return words;
    }
  }
  return TOKEN.exec(before)?.[0] || "";
}

// Returns {from, to, items: [{insert, words, kind}]}: items replace the text between the places.
// `tested` is the name that a cell of a table tests; `all` asks also where nothing is typed.
export function completions(text, caret, vocabulary, { tested = "", all = false } = {}) {
  const before = text.slice(0, caret);
  const value = atValue(before, text, caret, vocabulary);
  if (value.items.length && (value.from < caret || all || /[=(,\s]$/.test(before))) {
    return value;
  }
  if (insideText(before) >= 0) {
    const whole = tested ? valuesOf(tested, vocabulary) : [];
    const typed = before.slice(value.from);
    return { ...value, items: chosen(whole, typed) };
  }
  const values = tested ? valuesOf(tested, vocabulary) : [];
  const typed = begun(before);
  const from = caret - typed.length;
  if (!typed && !all && !(values.length && !before.trim())) {
    return { from, to: caret, items: [] };
  }
  const pool = typed || all ? [...values, ...everything(vocabulary)] : values;
  const items = chosen(pool, typed).filter((one) => one.insert !== typed);
  return { from, to: caret, items };
}
