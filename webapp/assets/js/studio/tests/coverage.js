// What scenarios visited: drawn on the diagram, counted, and the rows of decisions as tables.
import { say } from "../feel/words.js";
import { Viewer } from "../../viewer.js";
import { element } from "./names.js";

export class Coverage extends Viewer {
  constructor(container, told) {
    super(container);
    this.told = told;
  }

  show({ tasks, flows, rows, tables }) {
    this.draw([...tasks, ...flows]);
    const counted = [
      [say("任务", "Tasks"), tasks],
      [say("连线", "Flows"), flows],
      [say("判定表行", "Decision rows"), rows],
    ].filter(([, all]) => all.length);
    const summary = element("p", { className: "tests-counts" });
    summary.append(say("本次运行走到：", "Visited in this run:"), ...counted.map(([words, all]) => this.count(words, all)));
    const lists = [
      this.missed(say("没有走到的任务", "Tasks not visited"), tasks),
      this.missed(say("没有走到的连线", "Flows not visited"), flows),
    ];
    this.told.hidden = false;
    this.told.replaceChildren(summary, ...lists.filter(Boolean), ...tables.map((table) => this.table(table, rows.filter((row) => row.decision === table.decision))));
  }

  draw(elements) {
    const { canvas, registry } = this;
    for (const one of elements.filter((each) => registry.get(each.id))) {
      canvas.removeMarker(one.id, "visited");
      canvas.removeMarker(one.id, "missed");
      canvas.addMarker(one.id, one.visited ? "visited" : "missed");
    }
  }

  count(words, all) {
    const visited = all.filter((one) => one.visited).length;
    return element("span", { className: `badge-state tone-${visited === all.length ? "done" : "warning"}`, textContent: `${words} ${visited} / ${all.length}` });
  }

  // What no scenario reaches, each with the way to it on the diagram.
  missed(words, all) {
    const left = all.filter((one) => !one.visited);
    if (!left.length) {
      return null;
    }
    const details = element("details");
    const list = element("ul", { className: "tests-missed" });
    details.append(element("summary", { textContent: say(`${words}（${left.length}）`, `${words} (${left.length})`) }), list);
    for (const one of left) {
      const line = element("li");
      const way = element("button", { type: "button", className: "link-button", textContent: this.named(one.id) });
      way.addEventListener("click", () => this.reveal(one.id));
      line.append(way);
      list.append(line);
    }
    return details;
  }

  named(id) {
    const found = this.registry.get(id)?.businessObject;
    const ends = found?.sourceRef ? [found.sourceRef, found.targetRef].map((one) => one.name || one.id) : [];
    return [found?.name || "", ends.join(" → "), found?.name || ends.length ? "" : id].filter(Boolean).join(" · ");
  }

  reveal(id) {
    this.point(id, "pointed");
    if (this.registry.get(id)) {
      this.canvas.scrollToElement(id, 120);
      this.container.scrollIntoView({ block: "center" });
    }
  }

  table({ name, columns }, rows) {
    const details = element("details", { open: rows.some((row) => !row.visited) });
    const hit = rows.filter((row) => row.visited).length;
    details.append(element("summary", { textContent: say(`判定表“${name}”：${hit} / ${rows.length} 行用到`, `Decision table “${name}”: ${hit} of ${rows.length} rows used`) }));
    const frame = element("div", { className: "table-wrap", tabIndex: 0 });
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", name);
    const table = element("table", { className: "tests-rules" });
    const head = table.createTHead().insertRow();
    for (const words of ["#", say("用到", "Used"), ...columns]) {
      head.append(element("th", { scope: "col", textContent: words }));
    }
    const body = table.createTBody();
    for (const { row, visited, cells } of rows) {
      const line = body.insertRow();
      line.className = visited ? "is-visited" : "is-missed";
      for (const words of [row, visited ? say("✓ 用到", "✓ used") : say("未用到", "not used"), ...cells]) {
        line.insertCell().textContent = words || "—";
      }
    }
    frame.append(table);
    details.append(frame);
    return details;
  }
}
