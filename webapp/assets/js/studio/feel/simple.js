// Conditions that people can choose from lists: rows joined by one word, written as FEEL and read back.
//
// A row is {name, is, value}: `is` one of = != < <= > >= in "not in" null "not null"; `value` a
// {kind: "string"|"number"|"boolean"|"date", text} or for "in" a list of them.
const TOKENS = /\s*(?:("(?:[^"\\]|\\.)*")|(\d+(?:\.\d+)?)|(<=|>=|!=|[=<>(),@-])|([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*(?:\.[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)*))/y;
const RESERVED = new Set(["and", "or", "not", "in", "null", "true", "false", "if", "for", "some", "every", "between", "date", "function", "instance"]);
const COMPARES = new Set(["=", "!=", "<", "<=", ">", ">="]);

class NotSimple extends Error {}

function tokens(text) {
  const found = [];
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < text.trimEnd().length) {
    const match = TOKENS.exec(text);
    if (!match) {
      throw new NotSimple();
    }
    const [, string, number, mark, word] = match;
    found.push(string !== undefined ? { string: JSON.parse(string) } : number !== undefined ? { number } : { mark: mark ?? word, word });
  }
  return found;
}

class Reader {
  constructor(text) {
    this.tokens = tokens(text);
    this.at = 0;
  }

  get next() {
    return this.tokens[this.at] || {};
  }

  takes(mark) {
    if (this.next.mark !== mark) {
      return false;
    }
    this.at += 1;
    return true;
  }

  wants(mark) {
    if (!this.takes(mark)) {
      throw new NotSimple();
    }
  }

  condition() {
    const rows = [this.row()];
    const join = this.next.mark === "or" ? "or" : "and";
    while (this.takes(join)) {
      rows.push(this.row());
    }
    if (this.at < this.tokens.length) {
      throw new NotSimple();
    }
    return { join, rows };
  }

  row() {
    if (this.takes("not")) {
      this.wants("(");
      const row = this.row();
      this.wants(")");
      if (row.is !== "in" && !row.bare) {
        throw new NotSimple();
      }
      return row.bare ? { name: row.name, is: "=", value: { kind: "boolean", text: "false" } } : { ...row, is: "not in" };
    }
    if (this.takes("(")) {
      const row = this.row();
      this.wants(")");
      return row;
    }
    return this.comparison();
  }

  comparison() {
    const name = this.next.word;
    if (!name || RESERVED.has(name)) {
      throw new NotSimple();
    }
    this.at += 1;
    if (this.takes("in")) {
      return { name, is: "in", value: this.list() };
    }
    const is = this.next.mark;
    if (!COMPARES.has(is)) {
      return { name, is: "=", value: { kind: "boolean", text: "true" }, bare: true };
    }
    this.at += 1;
    if (this.next.mark === "null" && (is === "=" || is === "!=")) {
      this.at += 1;
      return { name, is: is === "=" ? "null" : "not null", value: null };
    }
    return { name, is, value: this.value() };
  }

  list() {
    this.wants("(");
    const values = [this.value()];
    while (this.takes(",")) {
      values.push(this.value());
    }
    this.wants(")");
    return values;
  }

  value() {
    const negative = this.takes("-");
    const token = this.next;
    this.at += 1;
    if (token.number !== undefined) {
      return { kind: "number", text: (negative ? "-" : "") + token.number };
    }
    if (negative) {
      throw new NotSimple();
    }
    if (token.string !== undefined) {
      return { kind: "string", text: token.string };
    }
    if (token.mark === "true" || token.mark === "false") {
      return { kind: "boolean", text: token.mark };
    }
    return this.date(token);
  }

  date(token) {
    const called = token.mark === "date";
    if (!called && token.mark !== "@") {
      throw new NotSimple();
    }
    if (called) {
      this.wants("(");
    }
    const text = this.next.string;
    this.at += 1;
    if (called) {
      this.wants(")");
    }
    if (!/^\d{4}-\d\d-\d\d$/.test(text || "")) {
      throw new NotSimple();
    }
    return { kind: "date", text };
  }
}

// Returns {join, rows}, or null where the text says more than rows can.
export function readCondition(text) {
  if (!text.trim()) {
    return { join: "and", rows: [] };
  }
  try {
    return new Reader(text).condition();
  } catch {
    return null;
  }
}

function written(value) {
  if (value.kind === "string") {
    return JSON.stringify(value.text);
  }
  if (value.kind === "date") {
    return `date("${value.text}")`;
  }
  return value.text;
}

function rowText({ name, is, value }) {
  if (is === "null" || is === "not null") {
    return `${name} ${is === "null" ? "=" : "!="} null`;
  }
  if (is === "in" || is === "not in") {
    const test = `${name} in (${value.map(written).join(", ")})`;
    return is === "in" ? test : `not(${test})`;
  }
  return `${name} ${is} ${written(value)}`;
}

export function writeCondition({ join, rows }) {
  return rows.map(rowText).join(` ${join} `);
}

// A row is complete when it can be written; a text that nobody typed yet is `unset`.
export function complete({ name, is, value }) {
  if (!name || is === "null" || is === "not null") {
    return Boolean(name);
  }
  if (Array.isArray(value)) {
    return value.length > 0 && value.every((one) => one.text !== "");
  }
  return value?.kind === "string" ? !value.unset : Boolean(value && value.text !== "");
}

// Keeps with each row what it says now, for the time in which it is changed and not complete.
export function remember(rows) {
  for (const row of rows.filter(complete)) {
    row.last = structuredClone({ name: row.name, is: row.is, value: row.value });
  }
}

// The rows to be written: one that is not complete says what it said last, or nothing yet. Left
// out it would make the condition weaker.
export function settled(rows) {
  return rows.map((row) => (complete(row) ? row : row.last)).filter(Boolean);
}
