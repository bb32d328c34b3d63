// What may happen to somebody who types into a draft; nothing of it may lose what was typed.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Server, composing, dialog, fresh, leaving, page, storage, typing, until, vocabulary } from "./browser.mjs";

const A = "p.bpmn";
const B = "forms/x.json";

beforeEach(fresh);

const begin = async (person) => {
  const server = new Server({ [A]: "a0", [B]: "b0" });
  return [server, await server.page(person)];
};

const lost = (method) => (request) => (request.method === method ? [0] : null);

// An editor with what was typed last still on its way into a text.
async function typed(draft, path, text) {
  const one = await typing({ text: async () => text, write: (value) => draft.change(path, value) });
  one.look = () => draft.look();
  draft.hear(one);
  one.changed();
  return one;
}

test("what is typed is told as not saved from the first keystroke", async () => {
  const [, draft] = await begin();
  const one = await typed(draft, A, "a1");
  assert.equal(draft.status.state, "changed");
  assert.ok(leaving());
  one.drop();
  assert.equal(draft.status.state, "saved");
  assert.ok(!leaving());
});

test("undoing at once takes back what was typed last", async () => {
  const [server, draft] = await begin();
  draft.change(A, "a1");
  await draft.saveNow();
  await typed(draft, A, "a2");
  assert.equal(await draft.undo(), A);
  assert.deepEqual([server.files[A], draft.file(A)], ["a1", "a1"]);
  assert.equal(await draft.redo(), A);
  assert.equal(server.files[A], "a2");
});

test("undoing past the beginning of the session reaches the text from before", async () => {
  const server = new Server({ [A]: "a0", [B]: "b0" });
  server.other("a", A, "before");
  const draft = await server.page();
  for (const text of ["a1", "a2", "a1", "before"]) {
    draft.change(A, text);
    await draft.saveNow();
  }
  assert.equal(await draft.undo(), A);
  assert.equal(server.files[A], "a0");
  assert.deepEqual(draft.steps.undo, null);
});

test("an undo waits for the saving that is on its way", async () => {
  const [server, draft] = await begin();
  let go;
  const held = new Promise((resolve) => (go = resolve));
  server.meddle = async ({ method }) => (method === "PUT" ? held.then(() => null) : null);
  draft.change(A, "a1");
  const saved = draft.saveNow();
  const undone = draft.undo();
  await until(() => server.requests.includes(`PUT files/${A}`), "a saving");
  go();
  assert.ok(await saved);
  assert.equal(await undone, A);
  assert.deepEqual(server.requests.slice(1), [`PUT files/${A}`, "POST undo"]);
  assert.equal(draft.status.state, "saved");
});

test("what is typed while an undo is on its way is asked about", async () => {
  const [server, draft] = await begin();
  draft.change(A, "a1");
  await draft.saveNow();
  server.meddle = async ({ what }) => {
    if (what === "undo") {
      draft.change(A, "a1 and more");
    }
    return null;
  };
  const undone = draft.undo();
  const asked = await dialog();
  assert.equal(draft.status.state, "conflict");
  assert.match(asked.words, /^同一文件有两份内容/);
  asked.button("用我的内容保存").click();
  await undone;
  await draft.saveNow();
  assert.equal(server.files[A], "a1 and more");
});

test("a file that is refused holds back no other, and is named", async () => {
  const [server, draft] = await begin();
  server.meddle = ({ what, sent }) => (what === `files/${A}` && sent.content === "too large" ? [413, { detail: "太大" }] : null);
  draft.change(A, "too large");
  draft.change(B, "b1");
  assert.equal(await draft.saveNow(), false);
  assert.equal(server.files[B], "b1");
  assert.equal(draft.status.state, "failed");
  assert.equal(draft.status.sentence, `没有保存 ${A}：太大`);
  assert.ok(leaving());
  draft.change(A, "a1");
  assert.ok(await draft.saveNow());
  assert.equal(server.files[A], "a1");
});

test("a second page takes nothing from one that is open, and all from one that is not", async () => {
  const [server, first] = await begin();
  server.meddle = lost("PUT");
  first.change(B, "half");
  await first.saveNow();
  const second = await server.page();
  assert.equal(second.file(B), "b0");
  first.close();
  const third = await server.page();
  assert.equal(third.file(B), "half");
  assert.equal(third.status.sentence, "已恢复本浏览器中未保存的修改");
  server.meddle = () => null;
  assert.ok(await third.saveNow());
  assert.equal(server.files[B], "half");
  assert.equal(storage.length, 0);
});

test("two pages of one file follow each other and do not clash", async () => {
  const [server, first] = await begin();
  const second = await server.page();
  const drawn = [];
  second.on("loaded", (paths) => drawn.push(...paths));
  first.change(A, "a1");
  await first.saveNow();
  await until(() => drawn.length, "the second page drawn anew");
  assert.equal(second.file(A), "a1");
  second.change(A, "a2");
  assert.ok(await second.saveNow());
  assert.equal(server.files[A], "a2");
  assert.equal(page.dialog, null);
});

test("two pages that both typed are told apart from two people", async () => {
  const [server, first] = await begin();
  const second = await server.page();
  second.change(A, "second");
  first.change(A, "first");
  await first.saveNow();
  const asked = await dialog();
  assert.match(asked.words, /您在另一个页面保存了同一文件/);
  asked.button("下载我的副本").click();
  await until(() => second.status.state === "saved", "a choice");
  assert.deepEqual([second.file(A), page.downloads.length], ["first", 1]);
  assert.equal(server.files[A], "first");
});

test("an answer that got lost is no saving of somebody else", async () => {
  const [server, draft] = await begin();
  server.meddle = ({ method, what, sent }) => {
    if (method === "PUT") {
      server.act("a", method, what, sent);
      return [0];
    }
    return null;
  };
  draft.change(A, "a1");
  assert.equal(await draft.saveNow(), false);
  assert.equal(draft.status.state, "offline");
  server.meddle = () => null;
  draft.change(A, "a1 and more");
  assert.ok(await draft.saveNow());
  assert.equal(server.files[A], "a1 and more");
  assert.equal(page.dialog, null);
});

test("the same holds where the page was opened again meanwhile", async () => {
  const [server, draft] = await begin();
  server.meddle = ({ method, what, sent }) => (method === "PUT" ? server.act("a", method, what, sent) && [0] : null);
  draft.change(A, "a1");
  await draft.saveNow();
  draft.change(A, "a2");
  draft.close();
  server.meddle = () => null;
  const again = await server.page();
  assert.ok(await again.saveNow());
  assert.equal(server.files[A], "a2");
  assert.equal(page.dialog, null);
});

test("taking what a colleague saved throws away the file that clashes alone", async () => {
  const [server, draft] = await begin();
  const drawn = [];
  draft.on("loaded", (paths) => drawn.push(...paths));
  draft.change(A, "mine");
  draft.change(B, "b mine");
  server.other("colleague", A, "theirs");
  const saved = draft.saveNow();
  const asked = await dialog();
  assert.match(asked.words, /colleague于/);
  asked.button("下载我的副本").click();
  assert.ok(await saved);
  assert.deepEqual([server.files[A], server.files[B]], ["theirs", "b mine"]);
  assert.deepEqual([drawn, page.downloads.length], [[A], 1]);
});

test("of several files that clash each is downloaded by a button of its own", async () => {
  const [server, draft] = await begin();
  draft.change(A, "mine");
  draft.change(B, "b mine");
  server.other("colleague", A, "theirs");
  server.other("colleague", B, "b theirs");
  const saved = draft.saveNow();
  const asked = await dialog();
  const theirs = asked.button("载入已保存的内容");
  assert.ok(theirs.disabled);
  [A, B].forEach((path) => asked.button(`下载 ${path}`).click());
  assert.ok(!theirs.disabled);
  theirs.click();
  assert.ok(await saved);
  assert.deepEqual([draft.file(A), draft.file(B), page.downloads.length], ["theirs", "b theirs", 2]);
});

test("a page closed in the middle of the choice asks again, and writes over nobody", async () => {
  const [server, draft] = await begin();
  draft.change(A, "mine");
  server.other("colleague", A, "theirs");
  draft.saveNow();
  await dialog();
  draft.change(A, "mine and more");
  draft.close();
  page.dialog = null;
  const again = await server.page();
  const asked = await dialog();
  assert.equal(server.files[A], "theirs");
  asked.button("用我的内容保存").click();
  assert.ok(await again.saveNow());
  assert.equal(server.files[A], "mine and more");
});

test("a browser that keeps nothing says so", async () => {
  const [server, draft] = await begin();
  storage.full = true;
  server.meddle = lost("PUT");
  draft.change(A, "a1");
  await draft.saveNow();
  assert.match(draft.status.sentence, /请勿关闭本页/);
  server.meddle = () => [413, { detail: "太大" }];
  await draft.saveNow();
  assert.match(draft.status.sentence, /太大；.*请勿关闭本页/);
  server.meddle = lost("PUT");
  storage.full = false;
  draft.change(A, "a2");
  await draft.saveNow();
  assert.match(draft.status.sentence, /已留在本浏览器/);
});

test("a draft proposed meanwhile locks the page and keeps what was typed", async () => {
  const [server, draft] = await begin();
  let closed = 0;
  draft.on("closed", () => (closed += 1));
  server.open = false;
  draft.change(A, "mine");
  assert.equal(await draft.saveNow(), false);
  assert.deepEqual([closed, draft.status.state, draft.status.sentence], [1, "closed", "草稿已不能修改"]);
  draft.change(A, "mine and more");
  assert.deepEqual(draft.kept.map(({ path, text }) => [path, text]), [[A, "mine and more"]]);
  draft.close();
  const reader = await server.page();
  assert.equal(reader.status.state, "readonly");
  assert.equal(reader.file(A), "a0");
  assert.deepEqual(reader.kept.map(({ path, text }) => [path, text]), [[A, "mine and more"]]);
  reader.close();
  server.open = true;
  const again = await server.page();
  assert.ok(await again.saveNow());
  assert.equal(server.files[A], "mine and more");
});

test("what is kept of a closed draft is deleted at a choice only", async () => {
  const [server, draft] = await begin();
  draft.change(A, "mine");
  server.open = false;
  await draft.saveNow();
  draft.close();
  const reader = await server.page();
  reader.kept[0].forget();
  assert.deepEqual([reader.kept, storage.length], [[], 0]);
});

test("another person in the same browser gets nothing of it", async () => {
  const [server, draft] = await begin("a");
  server.meddle = lost("PUT");
  draft.change(A, "mine");
  await draft.saveNow();
  draft.close();
  const other = await server.page("b");
  assert.equal(other.file(A), "a0");
  assert.deepEqual(other.kept, []);
});

test("a fault that nobody foresaw ends no later saving", async () => {
  const [server, draft] = await begin();
  draft.on("status", () => {
    throw new Error("a page failed");
  });
  server.other("colleague", A, "theirs");
  draft.change(A, "mine");
  page.broken = true;
  assert.equal(await draft.saveNow(), false);
  assert.equal(draft.status.state, "failed");
  page.broken = false;
  const saved = draft.saveNow();
  (await dialog()).button("用我的内容保存").click();
  await saved;
  assert.ok(await draft.saveNow());
  assert.deepEqual([server.files[A], draft.status.state], ["mine", "saved"]);
  assert.ok(page.faults.length > 1);
});

test("an editor that cannot write what it shows is no saved draft", async () => {
  const [, draft] = await begin();
  const fail = (error) => draft.fail(A, error);
  const one = await typing({ text: async () => Promise.reject(new Error("saveXML")), write: () => {}, fail });
  draft.hear(one);
  one.changed();
  await draft.saveNow();
  assert.deepEqual([draft.status.state, draft.status.sentence], ["failed", `没有保存 ${A}：saveXML`]);
  draft.change(A, "a1");
  assert.ok(await draft.saveNow());
  assert.equal(draft.status.state, "saved");
});

test("what could not be written of one file is not forgotten while another is changed", async () => {
  const [, draft] = await begin();
  draft.fail(A, new Error("refused"));
  draft.change(B, "b1");
  await draft.saveNow();
  assert.deepEqual([draft.status.state, draft.status.sentence], ["failed", `没有保存 ${A}：refused`]);
  assert.ok(leaving());
  draft.change(A, "a1");
  assert.ok(await draft.saveNow());
  assert.equal(draft.status.state, "saved");
});

test("what waits while another file is opened writes nothing over it", async () => {
  const written = [];
  let answer;
  const text = () => new Promise((resolve) => (answer = resolve));
  const one = await typing({ pause: 0, text, write: (value) => written.push(value) });
  one.changed();
  await until(() => answer, "the editor asked");
  one.drop();
  answer("old");
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual([written, one.waiting], [[], false]);
});

test("whose saving is taken back is asked first and told afterwards", async () => {
  const [server] = await begin();
  server.other("colleague", B, "theirs");
  const draft = await server.page();
  const told = [];
  draft.on("told", (sentence) => told.push(sentence));
  const left = draft.undo();
  const asked = await dialog();
  assert.match(asked.words, /colleague于.*forms\/x\.json/);
  asked.button("不动它").click();
  assert.equal(await left, null);
  assert.equal(server.files[B], "theirs");
  const undone = draft.undo();
  (await dialog()).button("撤销这次保存").click();
  assert.equal(await undone, B);
  assert.match(told.at(-1), /^已撤销colleague.*对 forms\/x\.json 的保存$/);
  draft.change(A, "a1");
  await draft.undo();
  assert.match(told.at(-1), /^已撤销您/);
});

test("a file that is not there yet is no saved file", async () => {
  const [, draft] = await begin();
  draft.show("forms/new.json");
  assert.equal(draft.status.sentence, "新文件，第一次修改时写入草稿");
  draft.change("forms/new.json", "{}");
  assert.ok(await draft.saveNow());
  assert.equal(draft.status.sentence, "已保存");
  await draft.undo();
  assert.equal(draft.status.sentence, "新文件，第一次修改时写入草稿");
});

test("an undo that came too late takes back nothing and says so", async () => {
  const [server, draft] = await begin();
  draft.change(A, "a1");
  await draft.saveNow();
  const told = [];
  draft.on("told", (sentence) => told.push(sentence));
  server.other("colleague", B, "theirs");
  assert.equal(await draft.undo(), null);
  assert.match(told.at(-1), /^没有撤销：刚刚有新的保存/);
  assert.deepEqual([draft.file(B), server.files[A], draft.status.state], ["theirs", "a1", "saved"]);
});

test("a draft that is gone is not asked for again", async () => {
  const [server, draft] = await begin();
  const tried = [];
  draft.saveSoon = (after) => tried.push(after);
  server.meddle = () => [404, { detail: "没有这份草稿" }];
  draft.change(A, "a1");
  tried.length = 0;
  assert.equal(await draft.saveNow(), false);
  assert.deepEqual([tried, draft.status.state, draft.status.sentence], [[], "closed", "没有这份草稿"]);
  assert.deepEqual(draft.kept.map(({ text }) => text), ["a1"]);
});

test("why nothing is saved is told by its cause, and tried ever more seldom", async () => {
  const [server, draft] = await begin();
  const tried = [];
  draft.saveSoon = (after) => tried.push(after);
  draft.change(A, "a1");
  tried.length = 0;
  for (const [status, words] of [[0, "连接不上服务器"], [429, "服务器正忙"], [503, "服务器暂时不能保存"]]) {
    server.meddle = () => [status, {}];
    await draft.saveNow();
    assert.deepEqual([draft.status.state, draft.status.sentence.split("，")[0]], ["offline", words]);
  }
  assert.deepEqual(tried, [2000, 5000, 15000]);
  server.meddle = ({ method }) => (method === "PUT" ? [409, { revision: 9 }] : [503, {}]);
  await draft.saveNow();
  assert.equal(tried.at(-1), 30000);
  server.meddle = () => null;
  assert.ok(await draft.saveNow());
  assert.equal(draft.status.state, "saved");
});

test("an undo that did not arrive is over once the server is back", async () => {
  const [server, draft] = await begin();
  draft.change(A, "a1");
  await draft.saveNow();
  server.meddle = lost("POST");
  assert.equal(await draft.undo(), null);
  assert.equal(draft.status.state, "offline");
  server.meddle = () => null;
  assert.ok(await draft.saveNow());
  assert.equal(draft.status.state, "saved");
});

test("nothing is checked where nobody listens", async () => {
  const [server, draft] = await begin();
  draft.checkSoon(0);
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(!server.requests.includes("POST check"));
  server.meddle = ({ what }) => (what === "check" ? [200, { findings: [] }] : null);
  draft.change(A, "a1");
  assert.deepEqual(draft.unsaved, { [A]: "a1" });
  const found = new Promise((resolve) => draft.on("checked", resolve));
  draft.checkSoon(0);
  assert.deepEqual(await found, { findings: [] });
});

test("a file is deleted after what is being saved", async () => {
  const [server, draft] = await begin();
  draft.change(B, "b1");
  draft.saveNow();
  await until(() => server.requests.includes(`PUT files/${B}`), "a saving");
  assert.ok(await draft.remove(B));
  assert.deepEqual([server.files[B], draft.file(B)], [undefined, undefined]);
  assert.equal(await draft.undo(), B);
  assert.equal(draft.file(B), "b1");
});

test("rows of a table stay with their scenario, the last of each, and count as unsaved", async () => {
  const [server, draft] = await begin();
  server.meddle = ({ what, sent }) => {
    if (what !== "scenarios/compose") {
      return null;
    }
    return sent.rows === "wrong" ? [422, { detail: "写错" }] : [200, { text: `text of ${sent.rows}` }];
  };
  const table = await composing(draft, { write: (path, text) => draft.change(path, text) });
  table.compose("scenarios/one.yaml", { rows: "1" });
  table.compose("scenarios/two.yaml", { rows: "2" });
  table.compose("scenarios/one.yaml", { rows: "1 and more" });
  assert.equal(draft.status.state, "changed");
  assert.ok(await draft.saveNow());
  assert.equal(server.files["scenarios/one.yaml"], "text of 1 and more");
  assert.equal(server.files["scenarios/two.yaml"], "text of 2");
  table.compose("scenarios/one.yaml", { rows: "wrong" });
  await draft.saveNow();
  assert.equal(draft.status.sentence, "没有保存 scenarios/one.yaml：写错");
});

test("rows that a busy server refused stay and are written once it answers", async () => {
  const [server, draft] = await begin();
  let busy = true;
  server.meddle = ({ what, sent }) => {
    if (what !== "scenarios/compose") {
      return null;
    }
    return busy ? [503, { detail: "忙" }] : [200, { text: `text of ${sent.rows}` }];
  };
  const table = await composing(draft, { write: (path, text) => draft.change(path, text), retry: 20 });
  table.compose("scenarios/one.yaml", { rows: "1" });
  assert.ok(!(await draft.saveNow()));
  assert.ok(table.typed("scenarios/one.yaml"));
  assert.equal(draft.status.state, "failed");
  busy = false;
  await until(() => !table.typed("scenarios/one.yaml"), "another try");
  assert.ok(await draft.saveNow());
  assert.equal(server.files["scenarios/one.yaml"], "text of 1");
  assert.ok(!table.typed("scenarios/one.yaml"));
});

test("a file that somebody else saved meanwhile is not deleted unseen", async () => {
  const [server, draft] = await begin();
  server.files[B] = "theirs";
  server.revision += 1;
  assert.equal(await draft.remove(B), false);
  assert.equal(server.files[B], "theirs");
  assert.equal(draft.file(B), "theirs");
});

test("what is typed in a file outlives a deletion that did not succeed", async () => {
  const [server, draft] = await begin();
  draft.change(B, "b1");
  server.meddle = ({ method }) => (method === "DELETE" || method === "PUT" ? [503, { detail: "忙" }] : null);
  assert.equal(await draft.remove(B), false);
  assert.equal(draft.file(B), "b1");
});

test("rows that the server refuses stay with what is wrong until they are changed", async () => {
  const [server, draft] = await begin();
  const path = "scenarios/one.yaml";
  const errors = { "rows.1": ["写错"] };
  server.meddle = ({ what, sent }) => {
    if (what !== "scenarios/compose") {
      return null;
    }
    return sent.rows === "wrong" ? [422, { detail: "写错", errors }] : [200, { text: `text of ${sent.rows}` }];
  };
  const shown = [];
  const table = await composing(draft, { write: (to, text) => draft.change(to, text), show: (one) => shown.push(one) });
  table.compose(path, { rows: "wrong" });
  assert.ok(!(await draft.saveNow()));
  assert.deepEqual([table.typed(path), table.fault(path).problem.errors], [{ rows: "wrong" }, errors]);
  assert.deepEqual(shown, [path]);
  assert.equal(draft.status.sentence, `没有保存 ${path}：写错`, "said once");
  const asked = () => server.requests.filter((one) => one.endsWith("compose")).length;
  table.compose("scenarios/two.yaml", { rows: "2" });
  await draft.saveNow();
  assert.equal(asked(), 2, "what was refused is not asked again as it is");
  assert.ok(leaving());
  table.compose(path, { rows: "right" });
  assert.equal(table.fault(path), undefined);
  assert.ok(await draft.saveNow());
  assert.equal(server.files[path], "text of right");
  table.compose(path, { rows: "wrong" });
  await draft.saveNow();
  table.drop(path);
  assert.deepEqual([table.typed(path), draft.status.state], [undefined, "saved"]);
});

test("a check that hangs ends, says so, and may be asked again at once", async (t) => {
  const [server, draft] = await begin();
  t.mock.method(AbortSignal, "timeout", (ms) => {
    const patience = new AbortController();
    setTimeout(() => patience.abort(new DOMException("", "TimeoutError")), ms / 1000);
    return patience.signal;
  });
  let hangs = true;
  server.meddle = ({ what }) => (what !== "check" ? null : hangs ? new Promise(() => {}) : [200, { findings: [] }]);
  const told = [];
  for (const name of ["checking", "unchecked", "checked"]) {
    draft.on(name, (how) => told.push([name, how]));
  }
  draft.checking.long = 5;
  draft.checkSoon(0);
  await until(() => told.length === 3, "an end of the check");
  assert.deepEqual(told, [
    ["checking", undefined],
    ["checking", { long: true }],
    ["unchecked", { why: "连接不上服务器", again: true }],
  ]);
  hangs = false;
  draft.checkSoon(0);
  await until(() => told.at(-1)[0] === "checked", "another check");
});

test("a check that gives way to a newer one says nothing", async () => {
  const [server, draft] = await begin();
  let checks = 0;
  server.meddle = ({ what }) => (what !== "check" ? null : (checks += 1) === 1 ? new Promise(() => {}) : [200, { findings: [] }]);
  const told = [];
  draft.on("unchecked", (how) => told.push(how)).on("checked", () => told.push("checked"));
  draft.checkSoon(0);
  await until(() => checks === 1, "a check");
  draft.checkSoon(0);
  await until(() => told.length, "an answer");
  assert.deepEqual(told, ["checked"]);
});

test("the vocabulary is asked again only where files may name something else", async () => {
  const [server, draft] = await begin();
  const drawn = (at, title) => `<a name="${title}"/><bpmndi:BPMNDiagram id="d">${at}</bpmndi:BPMNDiagram>`;
  server.meddle = ({ what }) => (what === "vocabulary" ? [200, { asked: asked() }] : null);
  const asked = () => server.requests.filter((one) => one === "GET vocabulary").length;
  const known = await vocabulary(draft);
  const saved = async (path, text) => {
    draft.change(path, text);
    assert.ok(await draft.saveNow());
    await known.learn();
    return asked();
  };
  await known.learn();
  assert.equal(await saved(A, drawn(1, "x")), 2);
  assert.equal(await saved(A, drawn(2, "x")), 2, "a label was moved");
  assert.equal(await saved("scenarios/one.yaml", "x"), 2);
  assert.equal(await saved(A, drawn(2, "y")), 3);
  assert.equal(await saved(B, "b1"), 4);
  server.meddle = ({ what }) => (what === "vocabulary" ? [503, {}] : null);
  draft.change(B, "b2");
  await draft.saveNow();
  await assert.rejects(known.learn());
  assert.equal(known.value.asked, 4, "what is known stays");
  server.meddle = ({ what }) => (what === "vocabulary" ? [200, { asked: asked() }] : null);
  await known.learn();
  assert.equal(asked(), 6);
});
