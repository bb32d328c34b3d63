// Puts a finished build in the place of the one that is being served, without a moment in which
// a file is missing: each new file is renamed into place, those that pages name after those that
// they need, and only then goes what the new build no longer has.
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => relative(folder, join(one.parentPath, one.name)));
}

const depth = (name) => name.split("/").length;

// `fresh` is a folder on the same file system, within `served` or beside it; it is emptied.
export async function publish(fresh, served) {
  const names = (await filesOf(fresh)).sort((one, other) => depth(other) - depth(one));
  for (const name of names) {
    await mkdir(dirname(join(served, name)), { recursive: true });
    await rename(join(fresh, name), join(served, name));
  }
  await rm(fresh, { recursive: true });
  const kept = new Set(names);
  for (const name of await filesOf(served)) {
    if (!kept.has(name)) {
      await rm(join(served, name));
    }
  }
}
