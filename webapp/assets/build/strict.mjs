// Lets the editors of bpmn.io live under a policy that allows no inline style: sheets that they
// write become constructed ones, style attributes in their markup are set through the DOM.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const INLINE = fileURLToPath(new URL("./styled_markup.mjs", import.meta.url));
const SHADOW_ONLY = "!root.head && root.adoptedStyleSheets";

export function strict() {
  return {
    name: "strict",
    setup(build) {
      build.onResolve({ filter: /^domify$/ }, ({ importer }) => (importer === INLINE ? undefined : { path: INLINE }));
      build.onLoad({ filter: /style-mod[\\/](src|dist)[\\/]style-mod\.c?js$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        if (!source.includes(SHADOW_ONLY)) {
          throw new Error("style-mod has changed: look for where it makes a <style> element");
        }
        return { contents: source.replace(SHADOW_ONLY, "root.adoptedStyleSheets"), loader: "js" };
      });
    },
  };
}

// The editor and the viewer of form-js share what they draw, so they need one copy of preact.
export function onePreact() {
  return {
    name: "one-preact",
    setup(build) {
      build.onResolve({ filter: /^preact(\/|$)/ }, async ({ path, importer, kind, pluginData }) => {
        if (pluginData === "one-preact" || !/@bpmn-io[\\/]form-js-viewer[\\/]/.test(importer)) {
          return undefined;
        }
        const resolveDir = importer.replace(/form-js-viewer[\\/].*$/, "form-js-editor");
        return build.resolve(path, { resolveDir, kind, pluginData: "one-preact" });
      });
    },
  };
}
