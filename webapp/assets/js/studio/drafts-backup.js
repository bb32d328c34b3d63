// Work that is not saved yet, kept in this browser until it is: by person, so that on a machine
// that several share nobody saves the work of another as their own; by page, so that two pages of
// one draft do not take each other's.

// A short mark of a text, to see whether it is still the same; "" where there is no file.
export function mark(text) {
  let value = 0;
  for (let at = 0; at < (text || "").length; at += 1) {
    value = (value * 31 + text.charCodeAt(at)) | 0;
  }
  return text === undefined ? "" : `${text.length}.${value}`;
}

export class Backup {
  constructor(person, draft, page) {
    this.prefix = `bihuan.draft.${person}.${draft}/`;
    this.page = page;
  }

  key(page, path) {
    return `${this.prefix}${page}/${path}`;
  }

  // Returns whether the browser kept it: one that keeps nothing, or is full, is no reason to stop.
  keep(path, entry) {
    try {
      localStorage.setItem(this.key(this.page, path), JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  }

  drop(path, page = this.page) {
    try {
      localStorage.removeItem(this.key(page, path));
    } catch {
      return;
    }
  }

  // What other pages kept, the last first.
  get others() {
    try {
      const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at));
      const found = keys.filter((key) => key.startsWith(this.prefix)).map((key) => this.entry(key));
      return found.filter((one) => one && one.page !== this.page).sort((one, other) => (one.at < other.at ? 1 : -1));
    } catch {
      return [];
    }
  }

  entry(key) {
    const [page, ...path] = key.slice(this.prefix.length).split("/");
    try {
      return { ...JSON.parse(localStorage.getItem(key)), page, path: path.join("/") };
    } catch {
      return null;
    }
  }
}
