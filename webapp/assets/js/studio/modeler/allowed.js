// The palette, the pad beside an element and the menu of types, reduced to what the gate lets run.
import ContextPadProvider from "bpmn-js/lib/features/context-pad/ContextPadProvider";
import PaletteProvider from "bpmn-js/lib/features/palette/PaletteProvider";
import ReplaceMenuProvider from "bpmn-js/lib/features/popup-menu/ReplaceMenuProvider";
import { say } from "../feel/words.js";

const EVENTS = {
  "bpmn:StartEvent": ["Message"],
  "bpmn:EndEvent": ["Terminate", "Message", "Error"],
  "bpmn:IntermediateCatchEvent": ["Message", "Timer", "Signal"],
  "bpmn:IntermediateThrowEvent": ["Message", "Signal"],
  "bpmn:BoundaryEvent": ["Message", "Timer", "Signal", "Error"],
};
const PLAIN = new Set([
  ...["bpmn:UserTask", "bpmn:ServiceTask", "bpmn:BusinessRuleTask", "bpmn:CallActivity", "bpmn:SubProcess"],
  ...["bpmn:ExclusiveGateway", "bpmn:ParallelGateway", "bpmn:InclusiveGateway", "bpmn:EventBasedGateway"],
  ...["bpmn:StartEvent", "bpmn:EndEvent"],
]);
const TOOLS = ["hand-tool", "lasso-tool", "space-tool", "global-connect-tool", "tool-separator"];

const timer = { eventDefinitionType: "bpmn:TimerEventDefinition" };
const message = { eventDefinitionType: "bpmn:MessageEventDefinition" };

export const shapes = () => [
  ["bpmn:StartEvent", "event", "bpmn-icon-start-event-none", say("开始", "Start event")],
  ["bpmn:IntermediateCatchEvent", "event", "bpmn-icon-intermediate-event-catch-timer", say("定时器：等到日期", "Timer: wait for a date"), timer],
  ["bpmn:IntermediateCatchEvent", "event", "bpmn-icon-intermediate-event-catch-message", say("等待消息", "Wait for a message"), message],
  ["bpmn:IntermediateThrowEvent", "event", "bpmn-icon-intermediate-event-throw-message", say("发出消息", "Send a message"), message],
  ["bpmn:EndEvent", "event", "bpmn-icon-end-event-none", say("结束", "End event")],
  ["bpmn:ExclusiveGateway", "gateway", "bpmn-icon-gateway-xor", say("排他网关：择一", "Exclusive gateway: one way")],
  ["bpmn:ParallelGateway", "gateway", "bpmn-icon-gateway-parallel", say("并行网关：同时", "Parallel gateway: all ways")],
  ["bpmn:UserTask", "activity", "bpmn-icon-user-task", say("用户任务：由人办理", "User task: done by a person")],
  ["bpmn:ServiceTask", "activity", "bpmn-icon-service-task", say("服务任务：系统操作", "Service task: an operation")],
  ["bpmn:BusinessRuleTask", "activity", "bpmn-icon-business-rule-task", say("规则任务：决策表", "Business rule task: a table")],
];

const eventOf = (type) => (type || "").replace(/^bpmn:|EventDefinition$/g, "");

export function isAllowed({ type, eventDefinitionType, triggeredByEvent, instantiate }) {
  if (triggeredByEvent || instantiate) {
    return false;
  }
  if (eventDefinitionType) {
    return (EVENTS[type] || []).includes(eventOf(eventDefinitionType));
  }
  return PLAIN.has(type);
}

const ENTRY = 38;

class Palette extends PaletteProvider {
  constructor(...given) {
    super(...given);
    const [palette] = given;
    this.keys = () => given.at(-1).get("paletteKeys");
    this.shape = (type, options) => this._elementFactory.createShape({ type, ...options });
    palette._needsCollapse = (height, entries) => height < Object.keys(entries).length * ENTRY + 60;
  }

  // A click of the mouse takes the shape in hand, a key places it.
  take(event, shape) {
    if (event.detail === 0 && event.type === "click") {
      this.keys().place(shape);
    } else {
      this._create.start(event, shape);
    }
  }

  getPaletteEntries() {
    const every = super.getPaletteEntries();
    const entries = Object.fromEntries(TOOLS.map((name) => [name, every[name]]));
    shapes().forEach(([type, group, className, title, options], at) => {
      const start = (event) => this.take(event, this.shape(type, options));
      entries[`create.${at}`] = { group, className, title, action: { dragstart: start, click: start } };
    });
    entries["create.subprocess-expanded"] = {
      ...every["create.subprocess-expanded"],
      title: say("子流程", "Sub-process"),
    };
    return entries;
  }
}
Palette.$inject = [...PaletteProvider.$inject, "injector"];

const APPENDED = new Set(["append.end-event", "append.gateway", "append.append-task", "append.intermediate-event", "append.receive-task", "append.condition-intermediate-event", "append.compensation-activity"]);

// Everything in the palette can be reached and used by keys: what is created there joins what is
// selected, or stands in the middle of what is seen.
class PaletteKeys {
  constructor(eventBus, palette, selection, autoPlace, modeling, canvas, elementRegistry) {
    Object.assign(this, { selection, autoPlace, modeling, canvas, registry: elementRegistry });
    eventBus.on("palette.changed", () => setTimeout(() => this.equip(palette._container)));
    eventBus.on("palette.create", ({ container }) => setTimeout(() => this.equip(container)));
  }

  equip(container) {
    for (const entry of container?.querySelectorAll(".entry:not([tabindex])") || []) {
      entry.tabIndex = 0;
      entry.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          entry.click();
        }
      });
    }
  }

  place(shape) {
    const [chosen, ...others] = this.selection.get();
    const goesOn = chosen && !others.length && /Task|Event|Gateway|SubProcess|CallActivity/.test(chosen.type) && !/EndEvent/.test(chosen.type);
    if (goesOn && shape.type !== "bpmn:StartEvent") {
      this.autoPlace.append(chosen, shape);
      return;
    }
    const { x, y, width, height } = this.canvas.viewbox();
    const center = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
    const pool = this.registry.find((one) => one.type === "bpmn:Participant") || this.canvas.getRootElement();
    this.modeling.createShape(shape, center, pool);
    this.selection.select(shape);
  }
}
PaletteKeys.$inject = ["eventBus", "palette", "selection", "autoPlace", "modeling", "canvas", "elementRegistry"];

class ContextPad extends ContextPadProvider {
  constructor(...given) {
    super(...given);
    this.injected = Object.fromEntries(ContextPadProvider.$inject.map((name, at) => [name, given[at]]));
  }

  getContextPadEntries(element) {
    const every = super.getContextPadEntries(element);
    if (every.replace) {
      every.replace.action = { click: (event, chosen) => this.types(event, chosen) };
    }
    const entries = Object.entries(every).filter(([name]) => !APPENDED.has(name));
    const kept = Object.fromEntries(entries.filter(([name]) => !name.startsWith("append.text")));
    if (!("append.append-task" in every)) {
      return { ...kept, ...(every["append.text-annotation"] && { "append.text-annotation": every["append.text-annotation"] }) };
    }
    const appended = [
      ["append.user", "bpmn:UserTask", "bpmn-icon-user-task", say("接用户任务", "Append a user task")],
      ["append.service", "bpmn:ServiceTask", "bpmn-icon-service-task", say("接服务任务", "Append a service task")],
      ["append.gateway", "bpmn:ExclusiveGateway", "bpmn-icon-gateway-xor", say("接排他网关", "Append an exclusive gateway")],
      ["append.timer", "bpmn:IntermediateCatchEvent", "bpmn-icon-intermediate-event-catch-timer", say("接定时器", "Append a timer"), timer],
      ["append.end", "bpmn:EndEvent", "bpmn-icon-end-event-none", say("接结束", "Append an end event")],
    ];
    const added = appended.map(([name, ...rest]) => [name, this.append(...rest)]);
    return { ...Object.fromEntries(added), ...kept };
  }

  types(event, element) {
    const { popupMenu, translate } = this.injected;
    const at = event.target.closest(".djs-context-pad").getBoundingClientRect();
    const position = { x: at.left, y: at.bottom + 5, cursor: { x: event.x, y: event.y } };
    popupMenu.open(element, "bpmn-replace", position, { title: translate("Change element"), width: 300, search: true });
  }

  append(type, className, title, options) {
    const { elementFactory, create } = this.injected;
    const make = () => elementFactory.createShape({ type, ...options });
    const dragged = (event, element) => create.start(event, make(), { source: element });
    const clicked = this._autoPlace ? (_, element) => this._autoPlace.append(element, make()) : dragged;
    return { group: "model", className, title, action: { dragstart: dragged, click: clicked } };
  }
}
ContextPad.$inject = ContextPadProvider.$inject;

class ReplaceMenu extends ReplaceMenuProvider {
  _createEntries(target, options) {
    const allowed = options.filter(({ target: wanted }) => isAllowed(wanted) || this.isEvent(target, wanted));
    return super._createEntries(target, allowed);
  }

  // A catching event becomes a throwing one and the reverse; pools keep their form.
  isEvent(target, wanted) {
    return wanted.type === "bpmn:Participant" && target.type === "bpmn:Participant" && wanted.isExpanded;
  }

  getPopupMenuHeaderEntries(target) {
    const every = super.getPopupMenuHeaderEntries(target);
    return every["toggle-non-interrupting"] ? { "toggle-non-interrupting": every["toggle-non-interrupting"] } : {};
  }
}
ReplaceMenu.$inject = ReplaceMenuProvider.$inject;

export default {
  __init__: ["paletteKeys"],
  paletteKeys: ["type", PaletteKeys],
  paletteProvider: ["type", Palette],
  contextPadProvider: ["type", ContextPad],
  replaceMenuProvider: ["type", ReplaceMenu],
};
