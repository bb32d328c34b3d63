// The groups of the properties panel: what our gate and engine read of each element, and no more.
import { Group, ListGroup } from "@bpmn-io/properties-panel";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { Extensions } from "./extensions.js";
import { assignments } from "./panel-assignments.js";
import { waitBy } from "./panel-entries.js";
import { eventGroup } from "./panel-events.js";
import { flowGroup } from "./panel-flows.js";
import { generalGroup } from "./panel-general.js";
import { callGroup, decisionGroup, humanGroup, operationGroup } from "./panel-tasks.js";
import { Renaming } from "./renaming.js";
import { translate } from "./translate.js";
import { say } from "./words.js";

const GROUPS = [humanGroup, operationGroup, decisionGroup, callGroup, eventGroup, flowGroup];

class Panel {
  constructor(propertiesPanel, injector, debounceInput) {
    this.injector = injector;
    waitBy(debounceInput);
    propertiesPanel.registerProvider(500, this);
  }

  getGroups(element) {
    return () => {
      if (element.labelTarget) {
        return this.getGroups(element.labelTarget)();
      }
      const context = this.context();
      const groups = [generalGroup, ...GROUPS].map((group) => group(element, context)).filter((one) => one?.entries.length);
      const made = groups.map((one) => ({ component: Group, shouldOpen: true, translate, ...one }));
      return [...made, ...this.lists(element, context)];
    };
  }

  lists(element, context) {
    if (!is(element, "bpmn:Activity") && !is(element, "bpmn:Event")) {
      return [];
    }
    const { items, add } = assignments(element, context);
    const label = say("写入标记（完成时）", "Flags written on completion");
    return [{ id: "assignments", label, component: ListGroup, element, translate, items, ...(add && { add }) }];
  }

  context() {
    const get = (name) => this.injector.get(name);
    return {
      extensions: get("extensions"),
      modeling: get("modeling"),
      moddle: get("moddle"),
      bpmnFactory: get("bpmnFactory"),
      commandStack: get("commandStack"),
      canvas: get("canvas"),
      registry: get("elementRegistry"),
      renaming: get("studioRenaming"),
      redraw: () => get("eventBus").fire("propertiesPanel.providersChanged"),
      ...get("config.studio"),
    };
  }
}
Panel.$inject = ["propertiesPanel", "injector", "debounceInput"];

export default {
  __init__: ["studioPanel", "studioRenaming"],
  studioPanel: ["type", Panel],
  studioRenaming: ["type", Renaming],
  extensions: ["type", Extensions],
};
