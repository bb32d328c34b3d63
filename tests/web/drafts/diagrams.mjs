// Writes diagrams as the modeler does and says which of them came out otherwise.
import { readFileSync } from "node:fs";
import { BpmnModdle } from "bpmn-moddle";

const [studio, ...paths] = process.argv.slice(2);
const { Order } = await import(`${studio}/modeler/order.js`);
const { houseStyle } = await import(`${studio}/modeler/text.js`);

const moddle = new BpmnModdle();
const differing = {};
for (const path of paths) {
  const text = readFileSync(path, "utf-8");
  const { rootElement } = await moddle.fromXML(text);
  const order = new Order();
  order.remember(rootElement);
  // As deleting and undoing leave them.
  (rootElement.rootElements || []).forEach((one) => one.flowElements?.reverse());
  order.restore(rootElement);
  const { xml } = await moddle.toXML(rootElement, { format: true });
  const written = houseStyle(xml).split("\n");
  const lines = text.split("\n");
  const at = written.findIndex((line, number) => line !== lines[number]);
  if (at >= 0 || written.length !== lines.length) {
    differing[path] = [lines[at], written[at]];
  }
}
console.log(JSON.stringify(differing));
