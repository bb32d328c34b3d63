// Bundles the front end into webapp/static/built: `npm run build`, or `npm run watch`.
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { publish } from "./publish.mjs";
import { speaking } from "./speaking.mjs";
import { onePreact, strict } from "./strict.mjs";
import { onlyUsed } from "./strip.mjs";

const assets = fileURLToPath(new URL("../", import.meta.url));
const templates = fileURLToPath(new URL("../../templates/", import.meta.url));
const built = fileURLToPath(new URL("../../static/built/", import.meta.url));
const fresh = join(built, ".fresh");

const options = {
  absWorkingDir: assets,
  // One entry point a page family; pages name the outputs app.js, app.css, diagram.js ...
  entryPoints: [
    ...["app.js", "app.css", "diagram.js", "diagram.css"],
    ...["modeler.js", "modeler.css", "compare.js", "compare.css", "heat.js", "heat.css"],
    ...["tables.js", "tables.css", "form-builder.js", "form-builder.css"],
    ...["tests.js", "tests.css"],
  ],
  outdir: built,
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  sourcemap: "linked",
  charset: "utf8",
  legalComments: "linked",
  // Fonts and pictures become files: the content security policy allows no data: fonts.
  loader: { ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "file", ".svg": "file" },
  assetNames: "files/[name]-[hash]",
  chunkNames: "chunks/[name]-[hash]",
  logLevel: "warning",
  plugins: [onlyUsed({ templates, assets }), strict(), onePreact(), speaking({ assets })],
};

// The server hands out the packed copy beside a file to whoever takes it.
async function pack(folder) {
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((one) => /\.(css|js|svg)$/.test(one))) {
    const packed = gzipSync(await readFile(join(folder, name)), { level: constants.Z_BEST_COMPRESSION });
    await writeFile(join(folder, `${name}.gz`), packed);
  }
}

if (process.argv.includes("--watch")) {
  const context = await esbuild.context({ ...options, logLevel: "info" });
  await context.watch();
} else {
  await rm(fresh, { recursive: true, force: true });
  await esbuild.build({ ...options, outdir: fresh });
  await pack(fresh);
  await publish(fresh, built);
}
