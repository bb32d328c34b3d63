// Bundles the front end into webapp/static/built: `npm run build`, or `npm run watch`.
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const assets = fileURLToPath(new URL("../", import.meta.url));
const built = fileURLToPath(new URL("../../static/built/", import.meta.url));

const options = {
  absWorkingDir: assets,
  // One entry point a page family; pages name the outputs app.js, app.css, diagram.js ...
  entryPoints: ["app.js", "app.css", "diagram.js", "diagram.css"],
  outdir: built,
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  sourcemap: "linked",
  charset: "utf8",
  legalComments: "linked",
  // Fonts and pictures become files: the content security policy allows no data: fonts.
  loader: { ".woff": "file", ".woff2": "file", ".ttf": "file", ".svg": "file" },
  assetNames: "files/[name]-[hash]",
  chunkNames: "chunks/[name]-[hash]",
  logLevel: "warning",
};

if (process.argv.includes("--watch")) {
  const context = await esbuild.context({ ...options, logLevel: "info" });
  await context.watch();
} else {
  await rm(built, { recursive: true, force: true });
  await esbuild.build(options);
}
