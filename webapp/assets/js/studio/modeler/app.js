// The page: a draft, its diagram in the editor, the panel and the list beside it.
import { expressionChecker } from "../feel/asking.js";
import { openDraft, showStatus } from "../drafts.js";
import { Typing } from "../drafts-typing.js";
import { makeEditor, Text } from "./editor.js";
import { Findings } from "./findings.js";
import { Player } from "./player.js";
import { Tools } from "./tools.js";
import { Vocabulary } from "./vocabulary.js";
import { say } from "./words.js";

const WRITE_AFTER = 150;
const PANEL_LISTENS = 100;
const LEGIBLE = 0.62;
const NARROW = "(max-width: 61.99rem)";

export async function start(root) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const draft = await openDraft({ id: root.dataset.draft, token: root.dataset.token });
  const page = new Page(root, part, draft);
  await page.open();
  return page;
}

class Page {
  constructor(root, part, draft) {
    Object.assign(this, { root, part, draft, path: `${draft.process}.bpmn` });
    this.addresses = { forms: root.dataset.forms, tables: root.dataset.tables };
    this.locked = !draft.mayChange || window.matchMedia(NARROW).matches;
    this.vocabulary = new Vocabulary(draft);
    root.classList.toggle("is-locked", this.locked);
  }

  async open() {
    showStatus(this.draft, this.part("status"));
    await this.vocabulary.learn();
    const ask = expressionChecker(`${this.draft.address}/expression`, this.draft.token);
    const studio = { vocabulary: () => this.vocabulary.value, ask, locked: this.locked, addresses: this.addresses, draft: this.draft };
    this.editor = makeEditor({ container: this.part("canvas"), parent: this.part("properties"), studio });
    this.text = new Text(this.editor);
    this.typing = this.hear();
    this.player = new Player(this.part("player"), this.editor);
    this.tools = new Tools(this);
    this.findings = new Findings(this.part("findings"), this.editor, {
      addresses: this.addresses,
      show: (what, id) => this.show(what, id),
      play: (problem) => this.player.open(problem),
    });
    this.listen();
    if (this.locked) {
      this.tools.tab("findings");
    }
    await this.load();
    await new Promise((resolve) => setTimeout(resolve, PANEL_LISTENS));
    this.showAsked();
    this.draft.checkSoon(0);
    this.root.dataset.ready = "true";
  }

  // What is typed or drawn, until it is in the text of the draft.
  hear() {
    const label = this.editor.get("directEditing");
    const typing = new Typing({
      pause: WRITE_AFTER,
      text: () => this.text.write(),
      write: (text) => this.draft.change(this.path, text),
      fail: (error) => this.draft.fail(this.path, error),
      finish: () => label.isActive() && label.complete(),
    });
    typing.look = () => this.draft.look();
    if (!this.locked) {
      ["canvas", "properties"].forEach((name) => typing.hear(this.part(name)));
      this.draft.hear(typing);
    }
    return typing;
  }

  listen() {
    this.editor.on("commandStack.changed", () => {
      this.tools.look();
      if (!this.locked) {
        this.typing.changed();
      }
    });
    this.draft
      .on("loaded", (paths) => paths.includes(this.path) && this.load())
      .on("status", ({ state }) => {
        this.tools.look();
        if (state === "saved") {
          // What is known stays where the server cannot be asked; the next saving asks again.
          this.vocabulary.learn().catch(() => {});
        }
      })
      .on("closed", () => this.close())
      .on("checking", (how) => this.checking(how))
      .on("checked", (examination) => this.checked(examination))
      .on("unchecked", (how) => this.unchecked(how));
  }

  // The draft may not be changed any more: what is shown stays to be read.
  close() {
    this.typing.flush();
    this.locked = true;
    this.root.classList.add("is-locked");
    ["canvas", "properties"].forEach((name) => (this.part(name).inert = true));
    this.tools.look();
  }

  async load() {
    this.player.close();
    this.typing.drop();
    const canvas = this.editor.get("canvas");
    const before = this.shown && canvas.viewbox();
    const selection = this.editor.get("selection");
    const chosen = selection.get().map(({ id }) => id);
    try {
      const warnings = await this.text.read(this.draft.file(this.path));
      this.tell(warnings.length ? this.lost(warnings) : "");
      if (before) {
        canvas.viewbox({ x: before.x, y: before.y, width: before.width, height: before.height });
        selection.select(chosen.map((id) => this.editor.get("elementRegistry").get(id)).filter(Boolean));
      } else {
        this.tools.look();
        this.fit();
      }
      this.shown = true;
    } catch {
      // What the library says of it is in its own words; the check tells the place in the reader's.
      this.tell(say("流程图无法显示，“检查”里写明文件哪里有误。", "The diagram cannot be shown; “Check” tells where its file is wrong."));
    }
    this.tools.look();
  }

  lost(warnings) {
    const count = warnings.length;
    return say(
      `文件中有 ${count} 处无法识别，修改后保存时会丢失；问题列在“检查”里。`,
      `${count} ${count === 1 ? "part" : "parts"} of the file cannot be read and will be lost when a change is saved; “Check” lists what is wrong.`,
    );
  }

  tell(words) {
    const note = this.part("note");
    note.textContent = words;
    note.hidden = !words;
  }

  // A wide diagram begins at its left, large enough to be read, beside the palette.
  fit() {
    const canvas = this.editor.get("canvas");
    const left = this.locked ? 20 : 76;
    canvas.zoom("fit-viewport");
    const { inner, outer } = canvas.viewbox();
    const scale = Math.min(1, Math.max(LEGIBLE, outer.height / (inner.height + 60)));
    const [width, height] = [outer.width / scale, outer.height / scale];
    canvas.viewbox({ x: inner.x - left / scale, y: inner.y - 16 / scale, width, height });
  }

  checked(examination) {
    this.part("checking").hidden = true;
    this.findings.take(examination);
    this.tools.count(this.findings.problems.length, this.findings.errors);
    this.showErrors(this.findings.errors);
    this.root.dataset.checked = String(Number(this.root.dataset.checked || 0) + 1);
  }

  // Errors that were not there before are shown, unless somebody is at an element or at its fields.
  showErrors(errors) {
    const anew = errors && !this.wrong;
    this.wrong = errors > 0;
    const busy = this.editor.get("selection").get().length || this.part("properties").contains(document.activeElement);
    if (anew && !busy && !this.root.classList.contains("side-closed")) {
      this.tools.tab("findings");
    }
  }

  checking(how) {
    this.part("checking").hidden = false;
    if (how?.long) {
      this.wait(say("检查用时较长，可以继续修改。", "Checking takes long; you may go on changing."));
    }
  }

  unchecked({ why, again }) {
    this.part("checking").hidden = true;
    const later = again ? say("；稍后自动再查", "; it is tried again by itself") : "";
    this.wait(`${say("没有检查：", "Not checked: ")}${why}${later}`);
  }

  wait(words) {
    this.tools.count(null);
    this.findings.wait(words, () => this.draft.checkSoon(0));
  }

  show(what, id) {
    const element = this.editor.get("elementRegistry").get(id);
    this.player.close();
    if (element) {
      this.editor.get("selection").select(element);
      this.editor.get("canvas").scrollToElement(element, { top: 100, bottom: 120, left: 120, right: 120 });
    }
    if (what === "findings") {
      this.tools.tab("findings");
      const item = this.part("findings").querySelector(`[data-element="${CSS.escape(id)}"]`);
      item?.scrollIntoView({ block: "nearest" });
      item?.querySelector("button")?.focus();
    }
  }

  // ?element=… comes from a page that lists findings.
  showAsked() {
    const asked = new URLSearchParams(location.search).get("element");
    if (asked) {
      this.show("element", asked);
    }
  }
}
