// Other pages of the same draft that this person has open in this browser.
const ANSWERED_WITHIN = 150;

export class Pages {
  constructor(person, draft) {
    this.id = [...crypto.getRandomValues(new Uint32Array(3))].map((one) => one.toString(36)).join("");
    this.open = new Set();
    this.saved = () => {};
    if (typeof BroadcastChannel === "function") {
      this.channel = new BroadcastChannel(`bihuan.draft.${person}.${draft}`);
      this.channel.onmessage = ({ data }) => this.heard(data);
    }
  }

  heard({ what, page, revision }) {
    if (what === "who") {
      this.send("here");
    } else if (what === "here") {
      this.open.add(page);
    } else if (what === "saved") {
      this.saved(revision);
    }
  }

  send(what, more = {}) {
    this.channel?.postMessage({ what, page: this.id, ...more });
  }

  // Which pages are open now.
  async others() {
    this.open.clear();
    this.send("who");
    await new Promise((resolve) => setTimeout(resolve, ANSWERED_WITHIN));
    return this.open;
  }
}
