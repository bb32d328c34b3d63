// A browser and a server as the draft store of the editors sees them, for tests under node.
import { fileURLToPath } from "node:url";

const STUDIO = fileURLToPath(new URL("../../../webapp/assets/js/studio/", import.meta.url));
const later = globalThis.setTimeout;
const kept = new Map();

globalThis.setTimeout = (work, wait) => {
  const timer = later(work, wait);
  return wait > 1000 ? timer.unref() : timer;
};

export const storage = {
  full: false,
  clear: () => kept.clear(),
  get length() {
    return kept.size;
  },
  key: (at) => [...kept.keys()][at],
  getItem: (key) => kept.get(key) ?? null,
  removeItem: (key) => kept.delete(key),
  setItem(key, value) {
    if (this.full) {
      throw new Error("QuotaExceededError");
    }
    kept.set(key, value);
  },
};

class Element {
  constructor() {
    Object.assign(this, { children: [], heard: {}, dataset: {}, textContent: "", isConnected: true });
  }

  append(...children) {
    this.children.push(...children);
  }

  addEventListener(name, work) {
    (this.heard[name] ||= []).push(work);
  }

  click() {
    (this.heard.click || []).forEach((work) => work());
  }

  // Buttons within, by their words.
  button(words) {
    const all = [this, ...this.children.flatMap((one) => one.all || [])];
    return all.find((one) => one.heard.click && one.textContent.includes(words));
  }

  get all() {
    return [this, ...this.children.flatMap((one) => one.all || [])];
  }

  get words() {
    return this.all.map((one) => one.textContent).join("");
  }

  showModal() {
    if (page.broken) {
      throw new Error("showModal");
    }
    page.dialog = this;
  }

  remove() {
    this.isConnected = false;
    page.dialog = page.dialog === this ? null : page.dialog;
  }

  setAttribute() {}
  focus() {}
}

export const page = { dialog: null, broken: false, downloads: [], faults: [] };

const channels = new Set();

class Channel {
  constructor(name) {
    this.name = name;
    channels.add(this);
  }

  postMessage(data) {
    for (const one of channels) {
      if (one !== this && one.name === this.name) {
        queueMicrotask(() => channels.has(one) && one.onmessage({ data }));
      }
    }
  }

  close() {
    channels.delete(this);
  }
}

const heard = {};

Object.assign(globalThis, {
  window: globalThis,
  localStorage: storage,
  BroadcastChannel: Channel,
  addEventListener: (name, work) => (heard[name] ||= []).push(work),
  reportError: (error) => page.faults.push(error.message),
  document: {
    documentElement: { lang: "zh-CN" },
    body: new Element(),
    addEventListener() {},
    createElement(name) {
      const made = new Element();
      if (name === "a") {
        made.click = () => page.downloads.push(made.download);
      }
      return made;
    },
  },
});
URL.createObjectURL = () => "blob:";
URL.revokeObjectURL = () => {};

// Waits until something is so.
export async function until(what, why) {
  for (let tried = 0; tried < 200; tried += 1) {
    const found = what();
    if (found) {
      return found;
    }
    await new Promise((resolve) => later(resolve, 5));
  }
  throw new Error(`Expected ${why}, but it never was`);
}

export const dialog = () => until(() => page.dialog, "a dialog");

// Whether the page asks before it is left.
export function leaving() {
  let asked = false;
  heard.beforeunload.at(-1)({ preventDefault: () => (asked = true) });
  return asked;
}

export class Server {
  constructor(files) {
    Object.assign(this, { files: { ...files }, revision: 1, savings: [], open: true, requests: [], meddle: () => null });
    globalThis.fetch = (address, request) => this.answer(address, request);
  }

  // A page of a person; `close()` it without another word, as a browser that is killed.
  async page(person = "a") {
    const { openDraft } = await import(`${STUDIO}drafts.js`);
    this.person = person;
    const draft = await openDraft({ id: "d1", token: "t" });
    draft.close = () => {
      draft.pages.channel.close();
      clearTimeout(draft.timer);
    };
    return draft;
  }

  // What somebody else does, from another machine.
  other(person, path, text) {
    this.write(person, path, text);
  }

  async answer(address, { method, body, headers, signal }) {
    const sent = body ? JSON.parse(body) : {};
    const what = address.replace("/drafts/d1/", "");
    const person = this.person;
    this.requests.push(`${method} ${what}`);
    const given = new Promise((_, no) => signal?.addEventListener("abort", () => no(signal.reason)));
    const instead = await Promise.race([this.meddle({ method, what, sent, headers }), given]);
    const [status, value] = instead || this.act(person, method, what, sent);
    if (instead === undefined || status === 0) {
      throw new TypeError("Failed to fetch");
    }
    return { ok: status < 400, status, json: async () => value };
  }

  act(person, method, what, sent) {
    if (method === "GET") {
      return [200, { ...this.told(), reader: person, process: "p", state: this.open ? "open" : "proposed", files: { ...this.files }, may_change: this.open }];
    }
    if (!this.open) {
      return [409, { detail: "草稿须处于“修改中”" }];
    }
    if (sent.revision !== this.revision) {
      return [409, { detail: "已在此期间保存", revision: this.revision, changed_by: this.savings.at(-1)?.by, changed_at: "2026-03-02T01:00:00+00:00" }];
    }
    return method === "POST" ? this.step(what === "undo") : this.write(person, what.replace("files/", ""), sent.content);
  }

  told() {
    const [undo, redo] = [this.savings.filter((one) => !one.undone).at(-1), this.savings.find((one) => one.undone)];
    const step = (one) => (one ? { path: one.path, who: one.by, at: "2026-03-02T01:00:00+00:00", own: one.by === this.person } : null);
    return { revision: this.revision, undo: step(undo), redo: step(redo) };
  }

  // As workflows/designing/saving.py and retracing.py do.
  write(by, path, after) {
    const before = this.files[path];
    const done = this.savings.filter((one) => !one.undone);
    const at = done.findLastIndex((one) => one.path === path && one.by === by && one.before === after);
    const back = done.slice(at);
    if (at >= 0 && back.every((one) => one.path === path && one.by === by)) {
      back.forEach((one) => (one.undone = true));
    } else {
      this.savings = [...done, { path, by, before, after, undone: false }];
    }
    return this.put(path, after);
  }

  step(back) {
    const one = back ? this.savings.filter((each) => !each.undone).at(-1) : this.savings.find((each) => each.undone);
    one.undone = back;
    return this.put(one.path, back ? one.before : one.after);
  }

  put(path, text) {
    this.revision += 1;
    if (text === undefined) {
      delete this.files[path];
    } else {
      this.files[path] = text;
    }
    return [200, { ...this.told(), path, files: text === undefined ? {} : { [path]: text } }];
  }
}

export async function typing(options) {
  const { Typing } = await import(`${STUDIO}drafts-typing.js`);
  return new Typing({ pause: 500, fail: () => {}, ...options });
}

export async function composing(draft, options) {
  const { Composing } = await import(`${STUDIO}tests/composing.js`);
  return new Composing(draft, { table: new Element(), say: () => {}, ...options });
}

// What the lists of the panel offer, and how often it is asked.
export async function vocabulary(draft) {
  const { Vocabulary } = await import(`${STUDIO}modeler/vocabulary.js`);
  return new Vocabulary(draft);
}

export function fresh() {
  kept.clear();
  channels.clear();
  storage.full = false;
  Object.assign(page, { dialog: null, broken: false, downloads: [], faults: [] });
}
