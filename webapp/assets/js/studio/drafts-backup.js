// Work that is not saved yet, kept in this browser until it is.
const LIMIT = 2_000_000;

// A short mark of a text, to see whether it is still the same.
function mark(text) {
  let value = 0;
  for (let at = 0; at < (text || "").length; at += 1) {
    value = (value * 31 + text.charCodeAt(at)) | 0;
  }
  return `${(text || "").length}.${value}`;
}

export class Backup {
  constructor(id) {
    this.key = `bihuan.draft.${id}`;
    this.mark = mark;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) || {};
    } catch {
      return {};
    }
  }

  keep(path, text, base) {
    if (text.length < LIMIT) {
      this.write({ ...this.read(), [path]: { text, base: mark(base) } });
    }
  }

  drop(path) {
    const kept = this.read();
    if (path in kept) {
      delete kept[path];
      this.write(kept);
    }
  }

  clear() {
    this.write({});
  }

  // A browser that keeps nothing, or is full, is no reason to stop.
  write(kept) {
    try {
      if (Object.keys(kept).length) {
        localStorage.setItem(this.key, JSON.stringify(kept));
      } else {
        localStorage.removeItem(this.key);
      }
    } catch {
      return;
    }
  }
}
