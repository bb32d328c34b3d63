// Leaves of Tabler's stylesheet what our templates and scripts name: rules whose classes all
// occur in them, and the custom properties that something still reads.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const COMMENTS = /\/\*[\s\S]*?\*\//g;
const CLASSES = /\.(-?[_a-zA-Z][\w-]*)/g;
const FOREIGN = /\[data-bs-(?!theme="?light)|\[dir=|\[theme-/;

// Splits a stylesheet into {head, body}, or {head} for statements without a block.
function* blocks(css) {
  let start = 0;
  let depth = 0;
  let open = 0;
  let quote = "";
  for (let at = 0; at < css.length; at += 1) {
    const mark = css[at];
    if (quote) {
      at += mark === "\\" ? 1 : 0;
      quote = mark === quote ? "" : quote;
    } else if (mark === '"' || mark === "'") {
      quote = mark;
    } else if (mark === "{") {
      open = depth === 0 ? at : open;
      depth += 1;
    } else if (mark === "}") {
      depth -= 1;
      if (depth === 0) {
        yield { head: css.slice(start, open).trim(), body: css.slice(open + 1, at) };
        start = at + 1;
      }
    } else if (mark === ";" && depth === 0) {
      yield { head: css.slice(start, at + 1).trim() };
      start = at + 1;
    }
  }
}

// Splits a selector list at its commas, not at those within brackets.
function selectors(head) {
  const list = [""];
  let depth = 0;
  for (const mark of head) {
    depth += "([".includes(mark) ? 1 : ")]".includes(mark) ? -1 : 0;
    if (mark === "," && depth === 0) {
      list.push("");
    } else {
      list[list.length - 1] += mark;
    }
  }
  return list.map((one) => one.trim());
}

function fits(selector, used) {
  const wanted = selector.replace(/:not\([^)]*\)/g, "");
  return !FOREIGN.test(wanted) && [...wanted.matchAll(CLASSES)].every(([, name]) => used.has(name));
}

function kept(css, used) {
  const parts = [];
  for (const { head, body } of blocks(css)) {
    if (body === undefined || /^@(font-face|(-\w+-)?keyframes|property)/.test(head)) {
      parts.push(body === undefined ? head : `${head}{${body}}`);
    } else if (head.startsWith("@")) {
      const inner = kept(body, used);
      parts.push(inner && `${head}{${inner}}`);
    } else {
      const list = selectors(head).filter((selector) => fits(selector, used));
      parts.push(list.length ? `${list.join(",")}{${body}}` : "");
    }
  }
  return parts.filter(Boolean).join("\n");
}

function withoutIdleProperties(css, readElsewhere) {
  for (let before = ""; before !== css; ) {
    before = css;
    const read = new Set([...(css + readElsewhere).matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]));
    css = css.replace(/(?<=[{;]\s*)(--[\w-]+)\s*:(?:"[^"]*"|'[^']*'|url\([^)]*\)|[^;{}"'])*(;|(?=\}))/g, (all, name) =>
      read.has(name) ? all : "",
    );
  }
  return css;
}

function withoutIdleAnimations(css) {
  const idle = [...blocks(css)].filter(({ head }) => {
    const name = /^@(?:-\w+-)?keyframes\s+(\S+)/.exec(head)?.[1];
    return name && css.split(name).length < 3;
  });
  return idle.reduce((text, { head, body }) => text.replace(`${head}{${body}}`, ""), css);
}

async function texts(folder, ending) {
  const entries = await readdir(folder, { recursive: true });
  return Promise.all(entries.filter((name) => name.endsWith(ending)).map((name) => readFile(join(folder, name), "utf8")));
}

// An esbuild plugin: `templates` and `assets` are the folders in which names are looked for.
export function onlyUsed({ templates, assets }) {
  return {
    name: "only-used",
    setup(build) {
      build.onLoad({ filter: /tabler\.css$/ }, async ({ path }) => {
        const own = (await texts(assets, ".css")).join("\n");
        const sources = [...(await texts(templates, ".html")), ...(await texts(assets, ".js"))];
        const used = new Set(sources.join("\n").match(/[\w-]+/g));
        const css = kept((await readFile(path, "utf8")).replace(COMMENTS, ""), used);
        return { contents: withoutIdleAnimations(withoutIdleProperties(css, own)), loader: "css" };
      });
    },
  };
}
