// Faults of a table: a list beside it, and marks at its rows and cells.
import { say } from "../feel/words.js";

const TITLES = {
  gap: ["没有规则的情形", "No rule for"],
  overlap: ["几行同时命中", "Several rows match"],
  unreachable: ["永远到不了的行", "A row that never counts"],
  cell: ["单元格有误", "A cell is wrong"],
  expression: ["表达式有误", "An expression is wrong"],
  file: ["文件不能使用", "The file cannot be used"],
  "not-analysed": ["没有分析完整性", "Not analysed for gaps"],
};
const DATE = /^\d{4}-\d\d-\d\d$/;

// The cell that tests for an example; "" says any other value, for which nothing can be written.
function cellFor(value) {
  return DATE.test(value) ? `date("${value}")` : value;
}

function plain(tag, words, name = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  made.className = name;
  return made;
}

// Where a row stands in the table, counted from 1.
function numbers(rules, order) {
  return rules.map((id) => order.indexOf(id) + 1).filter(Boolean);
}

function place(fault, order) {
  const rows = numbers(fault.rules, order);
  if (!rows.length) {
    return "";
  }
  const where = say(`第 ${rows.join("、")} 行`, `Row ${rows.join(", ")}`);
  return fault.column === null ? where : say(`${where}第 ${fault.column + 1} 列`, `${where}, column ${fault.column + 1}`);
}

function rowFor(fault, addRow) {
  const add = plain("button", say("为它加一行", "Add a row for it"), "btn btn-plain btn-small");
  add.type = "button";
  add.addEventListener("click", () => addRow(Object.fromEntries(fault.example.map((one) => [one.expression, cellFor(one.value)]))));
  return add;
}

export function listFaults(container, faults, { order, addRow, go, readonly }) {
  const items = faults.map((fault) => {
    const item = document.createElement("li");
    item.className = `fault fault-${fault.severity}`;
    const head = plain("button", "", "fault-head");
    head.type = "button";
    head.append(plain("strong", say(...(TITLES[fault.kind] || TITLES.expression))), plain("span", place(fault, order), "soft"));
    head.addEventListener("click", () => go(fault));
    item.append(head, plain("p", fault.sentence));
    item.append(plain("p", fault.remedy, "fault-remedy"));
    if (fault.kind === "gap" && !readonly && fault.example.some((one) => one.value)) {
      item.append(rowFor(fault, addRow));
    }
    return item;
  });
  container.replaceChildren(...items);
}

export function markFaults(table, faults) {
  for (const one of table.querySelectorAll(".fault-row, .fault-cell")) {
    one.classList.remove("fault-row", "fault-cell", "fault-warn");
    one.removeAttribute("title");
  }
  for (const fault of faults) {
    for (const rule of fault.rules) {
      mark(table, rule, fault);
    }
  }
}

function mark(table, rule, fault) {
  const cells = [...table.querySelectorAll(`td[data-row-id="${CSS.escape(rule)}"]`)];
  const index = cells.find((one) => one.classList.contains("rule-index"));
  const within = cells.filter((one) => one.classList.contains("input-cell") || one.classList.contains("output-cell"));
  const cell = fault.column === null ? null : within[fault.column];
  for (const [one, name] of [[index, "fault-row"], [cell, "fault-cell"]]) {
    if (one) {
      one.classList.add(name);
      one.title = one.title ? `${one.title}\n${fault.sentence}` : fault.sentence;
    }
  }
}
