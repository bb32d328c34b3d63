// The bpmn-js modeler of the page, put together from its parts and ours.
import Modeler from "bpmn-js/lib/Modeler";
import { BpmnPropertiesPanelModule } from "bpmn-js-properties-panel";
import Simulation from "bpmn-js-token-simulation";
import allowed from "./allowed.js";
import copying from "./copying.js";
import locked from "./locked.js";
import { Order } from "./order.js";
import panel from "./panel.js";
import patterns from "./patterns.js";
import rail from "./rail.js";
import { houseStyle } from "./text.js";
import translate from "./translate.js";

export function makeEditor({ container, parent, studio }) {
  return new Modeler({
    container,
    propertiesPanel: { parent },
    studio,
    additionalModules: [
      BpmnPropertiesPanelModule,
      Simulation,
      panel,
      allowed,
      copying,
      translate,
      ...(studio.locked ? [locked] : [patterns, rail]),
    ],
  });
}

// The text of what is drawn; the text that was loaded, as long as nothing differs from it.
export class Text {
  constructor(editor) {
    this.editor = editor;
    this.loaded = "";
    this.order = new Order();
    editor.on("saveXML.start", ({ definitions }) => this.order.restore(definitions));
  }

  async read(xml) {
    const { warnings } = await this.editor.importXML(xml);
    this.loaded = xml;
    this.order.remember(this.editor.getDefinitions());
    return warnings;
  }

  async write() {
    if (this.editor.get("commandStack")._stackIdx < 0) {
      return this.loaded;
    }
    const { xml } = await this.editor.saveXML({ format: true });
    return houseStyle(xml);
  }
}
