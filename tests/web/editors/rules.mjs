// What the fields of the editors write, run under node: no wrong result out of a single field.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

globalThis.document = { documentElement: { lang: "zh-CN" } };
const from = (path) => import(new URL(`../../../webapp/assets/js/studio/${path}`, import.meta.url));
const { complete, readCondition, remember, settled, writeCondition } = await from("feel/simple.js");
const { added, changed, removed } = await from("forms/choices.js");
const { opened, written } = await from("forms/schema.js");
const { documented, nameFault, nameIn, notesIn } = await from("modeler/documented.js");
const { quoted, unquoted } = await from("modeler/literals.js");
const { formToKeep } = await from("modeler/renaming.js");
const { isReferred, refer } = await from("modeler/roots.js");

test("notes never become the English name", () => {
  assert.equal(documented("Sign", "Why\nand how"), "Sign\nWhy\nand how");
  assert.equal(nameIn("Sign\nWhy\nand how"), "Sign");
  assert.equal(notesIn("Sign\nWhy\nand how"), "Why\nand how");
  assert.equal(documented("Sign", ""), "Sign");
  assert.ok(nameFault("", "Why"), "the name of an element with notes is not cleared");
  assert.equal(nameFault("Sign", "Why"), null);
  assert.equal(nameFault("", ""), null);
  assert.equal(nameIn("\n  Sign\nWhy"), "Sign", "as the reader of files takes it");
});

test("a literal is read as it was written", () => {
  for (const text of ['say "no"', "a\\b", "两行\n文字", ""]) {
    assert.equal(unquoted(quoted(text)), text);
  }
  assert.equal(unquoted("case.level"), "case.level");
  assert.equal(unquoted("3"), "3");
});

// A file of plain objects in the place of moddle's.
function file(...names) {
  const thing = (more) => Object.assign({ get(name) { return this[name]; } }, more);
  const messages = names.map((name) => thing({ $type: "bpmn:Message", id: `message_${name}`, name }));
  const events = names.map((_, at) => thing({ $type: "bpmn:MessageEventDefinition", messageRef: messages[at] }));
  const process = thing({ $type: "bpmn:Process", flowElements: events.map((one) => thing({ $type: "bpmn:StartEvent", eventDefinitions: [one] })) });
  const root = thing({ $type: "bpmn:Definitions", rootElements: [...messages, process] });
  const commandStack = {
    execute: (_, commands) => commands.forEach(({ context }) => Object.assign(context.moddleElement, context.properties)),
  };
  const bpmnFactory = { create: ($type, more) => thing({ $type, ...more }) };
  const kind = { type: "bpmn:Message", reference: "messageRef", prefix: "message_" };
  const write = (at, name) => refer({ element: {}, definition: events[at], root }, kind, { name }, { bpmnFactory, commandStack });
  const held = () => root.rootElements.filter((one) => one.$type === "bpmn:Message").map((one) => [one.id, one.name]);
  return { messages, events, root, write, held };
}

test("a message goes with the last reference to it", () => {
  const { events, root, write, held } = file("a", "b");
  for (const name of ["c", "ca", "case.done"]) {
    write(0, name);
  }
  assert.deepEqual(held(), [["message_b", "b"], ["message_case_done", "case.done"]]);
  assert.equal(events[0].messageRef.name, "case.done");
  assert.equal(root.rootElements.at(-1).$type, "bpmn:Process");
  write(0, "b");
  assert.deepEqual(held(), [["message_b", "b"]]);
  write(0, "");
  assert.deepEqual(held(), [["message_b", "b"]], "another event refers to it still");
  assert.equal(events[0].messageRef, undefined);
});

test("a reference that moddle hides is found", () => {
  const { messages, events, root } = file("a");
  const task = { $type: "bpmn:ReceiveTask" };
  Object.defineProperty(task, "messageRef", { value: messages[0], enumerable: false });
  assert.equal(isReferred(root, messages[0], events[0]), false);
  root.rootElements.at(-1).flowElements.push(task);
  assert.equal(isReferred(root, messages[0], events[0]), true);
});

test("a task with another id keeps its form", () => {
  const draft = (...paths) => ({ file: (path) => (paths.includes(path) ? "{}" : undefined) });
  const task = { $type: "bpmn:UserTask", id: "old", get: () => undefined };
  assert.equal(formToKeep(task, "new", draft("forms/old.json")), "old");
  assert.equal(formToKeep(task, "new", draft("forms/old.json", "forms/new.json")), "");
  assert.equal(formToKeep(task, "new", draft()), "");
  assert.equal(formToKeep({ ...task, $type: "bpmn:ServiceTask" }, "new", draft("forms/old.json")), "");
});

test("a row that is not complete makes no condition weaker", () => {
  const { join, rows } = readCondition('a = 1 and b = "x"');
  const now = () => writeCondition({ join, rows: settled(rows) });
  remember(rows);
  rows[0].value.text = "";
  assert.equal(now(), 'a = 1 and b = "x"', "a number that is cleared");
  rows[1].value.text = "y";
  remember(rows);
  assert.equal(now(), 'a = 1 and b = "y"', "the other row counts at once");
  Object.assign(rows[0], { name: "c", is: "in", value: [] });
  assert.equal(now(), 'a = 1 and b = "y"', "a list without a value");
  rows.push({ name: "d", is: "=", value: { kind: "string", text: "", unset: true } });
  assert.equal(complete(rows[2]), false);
  assert.equal(now(), 'a = 1 and b = "y"', "a row that never was complete");
  rows[0].value.push({ kind: "number", text: "2" });
  remember(rows);
  assert.equal(now(), 'c in (2) and b = "y"');
});

const FORM = {
  type: "default",
  id: "f",
  schemaVersion: 16,
  components: [
    { id: "first", type: "text", text: "一", layout: { row: "r" } },
    { text: "二", type: "text", properties: { hint: "", kept: false } },
    { type: "group", label: "组", components: [{ type: "textfield", key: "a", label: "甲", validate: { required: false } }] },
    { label: "乙", key: "b", type: "number" },
  ],
};

test("a form that is opened and written is the same", () => {
  const text = `${JSON.stringify(FORM, null, 2)}\n`;
  const { schema, before } = opened(text);
  const ids = schema.components.map((one) => one.id);
  assert.equal(new Set(ids).size, 4);
  for (const one of schema.components) {
    Object.assign(one, { layout: { row: "Row_1" }, validate: { ...one.validate }, disabled: false });
  }
  schema.components[0].layout = { row: "r" };
  assert.equal(written(schema, before), text);
});

test("a field with another key keeps its order, a new one leaves out what form-js adds", () => {
  const { schema, before } = opened(JSON.stringify(FORM));
  schema.components[3].key = "c";
  schema.components.push({ id: "Field_1", layout: {}, key: "d", type: "textfield", label: "丁", properties: { hint: "" } });
  const { components } = JSON.parse(written(schema, before));
  assert.deepEqual(Object.entries(components[3]), [["label", "乙"], ["key", "c"], ["type", "number"]]);
  assert.deepEqual(components[4], { type: "textfield", key: "d", label: "丁" });
});

test("choices have words in both languages", () => {
  const field = { values: [{ label: "同意", value: "agree" }], properties: { values_en: { agree: "Agree" } } };
  const more = added(field);
  assert.deepEqual(more, {
    values: [...field.values, { label: "新选项", value: "choice2" }],
    english: { agree: "Agree", choice2: "New choice" },
  });
  const renamed = changed(field, 0, "value", "yes");
  assert.deepEqual(renamed, { values: [{ label: "同意", value: "yes" }], english: { yes: "Agree" } });
  assert.deepEqual(changed(field, 0, "english", "Yes"), { values: field.values, english: { agree: "Yes" } });
  assert.deepEqual(removed(field, 0), { values: [], english: {} });
});

test("an id has one name in Chinese wherever the editors name it", () => {
  const studio = new URL("../../../webapp/assets/js/studio/", import.meta.url);
  const pages = new URL("../../../webapp/i18n/", import.meta.url);
  const refusing = new URL("../../../workflows/designing/", import.meta.url);
  const files = (folder, end) => readdirSync(folder, { recursive: true }).filter((one) => one.endsWith(end)).map((one) => new URL(one, folder));
  const told = [...files(studio, ".js"), ...files(refusing, ".py"), new URL("drafts.py", pages), new URL("studio.py", pages)];
  assert.deepEqual(told.filter((one) => readFileSync(one, "utf8").includes("标识")).map(String), []);
});

test("one module alone makes a viewer of diagrams", () => {
  const assets = new URL("../../../webapp/assets/", import.meta.url);
  const made = readdirSync(assets, { recursive: true }).filter((one) => one.endsWith(".js"));
  const makers = made.filter((one) => readFileSync(new URL(one, assets), "utf8").includes("bpmn-js/lib/NavigatedViewer"));
  assert.deepEqual(makers, ["js/viewer.js"]);
});
