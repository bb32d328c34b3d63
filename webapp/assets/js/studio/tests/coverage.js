// What scenarios visited, drawn on the diagram; what none of them visits is listed.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { say } from "../feel/words.js";

export class Coverage {
  constructor(container, list, card) {
    Object.assign(this, { container, list, card });
    this.viewer = new NavigatedViewer({ container, zoomScroll: { enabled: false } });
    container.classList.add("diagram");
    container.addEventListener("pointerdown", () => this.viewer.get("zoomScroll").toggle(true), { once: true });
  }

  async open(address) {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) {
      throw new Error(`HTTP ${answer.status}`);
    }
    await this.viewer.importXML(await answer.text());
    this.viewer.get("canvas").zoom("fit-viewport", "auto");
  }

  show({ tasks, flows, rows }) {
    const canvas = this.viewer.get("canvas");
    const registry = this.viewer.get("elementRegistry");
    for (const one of [...tasks, ...flows].filter((each) => registry.get(each.id))) {
      canvas.removeMarker(one.id, "visited");
      canvas.removeMarker(one.id, "missed");
      canvas.addMarker(one.id, one.visited ? "visited" : "missed");
    }
    const named = (one) => registry.get(one.id)?.businessObject?.name || "";
    const missed = [
      ...tasks.filter((one) => !one.visited).map((one) => say(`任务 ${named(one)}（${one.id}）`, `Task ${named(one)} (${one.id})`)),
      ...flows.filter((one) => !one.visited).map((one) => say(`连线 ${named(one)}（${one.id}）`, `Flow ${named(one)} (${one.id})`)),
      ...rows.filter((one) => !one.visited).map((one) => say(`${one.file} 第 ${one.row} 行`, `${one.file} row ${one.row}`)),
    ];
    this.card.hidden = false;
    const words = missed.length ? missed : [say("全部走到", "Everything was visited")];
    this.list.replaceChildren(...words.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }
}
