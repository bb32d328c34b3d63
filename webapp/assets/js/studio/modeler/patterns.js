// Ready patterns of the zone: inserted as elements with their properties and forms filled in.
import { propertyOf } from "./extensions.js";
import { parts } from "./patterns-parts.js";
import { say } from "./words.js";

export const PATTERNS = [
  {
    id: "sign-off",
    name: () => say("并行签署（沉默不视为同意）", "Parallel sign-off, silence never consents"),
    className: "bpmn-icon-gateway-parallel",
    draw(kit) {
      const fork = kit.gateway("bpmn:ParallelGateway", 0, 75, "fork", ["", "To both bodies"]);
      const park = kit.task(110, 0, "sign_park", ["指挥部签署", "Park command signs"], { body: "park_command", role: "head", ladder: "w3" }, kit.answers("agree", "return"));
      const department = kit.task(110, 120, "sign_department", ["主管部门签署", "Department signs"], { body: "industry_department", role: "head", ladder: "w3" }, kit.answers("agree", "return"));
      const join = kit.gateway("bpmn:ParallelGateway", 270, 75, "join", ["", "Both have signed"]);
      const decide = kit.gateway("bpmn:ExclusiveGateway", 370, 75, "g_agreed", ["均同意？", "Both agree?"]);
      const done = kit.end(490, 82, "signed", ["已签署", "Signed"]);
      const stopped = kit.end(490, 182, "not_signed", ["未同意", "Not agreed"]);
      kit.flow(fork, park);
      kit.flow(fork, department);
      kit.flow(park, join);
      kit.flow(department, join);
      kit.flow(join, decide);
      kit.flow(decide, done, ["是", "Yes"], `${park.flag} = "agree" and ${department.flag} = "agree"`);
      kit.flow(decide, stopped, ["否", "No"], null);
    },
  },
  {
    id: "authority",
    name: () => say("主管部门办理（有时限）", "Authority step with a service limit"),
    className: "bpmn-icon-user-task",
    draw(kit) {
      const task = kit.task(0, 0, "authority_step", ["部门决定", "Department decides"], { body: "emergency_bureau", role: "head", ladder: "w3" }, kit.answers("agree", "refuse"));
      const decide = kit.gateway("bpmn:ExclusiveGateway", 150, 15, "g_decided", ["同意？", "Agreed?"]);
      const done = kit.end(270, 22, "granted", ["同意", "Agreed"]);
      const refused = kit.end(270, 122, "refused", ["不同意", "Refused"]);
      kit.flow(task, decide);
      kit.flow(decide, done, ["是", "Yes"], `${task.flag} = "agree"`);
      kit.flow(decide, refused, ["否", "No"], null);
    },
  },
  {
    id: "reminder",
    name: () => say("重复提醒", "Reminder that comes again"),
    className: "bpmn-icon-intermediate-event-catch-non-interrupting-timer",
    draw(kit) {
      const task = kit.task(0, 0, "awaited_step", ["待办事项", "Step that is waited for"], { body: "industry_department", ladder: "w5" }, null);
      const timer = kit.reminder(task, 70, 62, "remind", ["每日提醒", "Daily reminder"], '"R3/P1D"');
      const notify = kit.notice(140, 110, "send_reminder", ["发出提醒", "Send the reminder"], {
        body: "industry_department",
        text: "请尽快办理待办事项",
        text_en: "Please see to the step that waits for you",
      });
      const reminded = kit.end(290, 132, "reminded", ["已提醒", "Reminded"]);
      const done = kit.end(290, 22, "step_done", ["已办理", "Done"]);
      kit.flow(timer, notify);
      kit.flow(notify, reminded);
      kit.flow(task, done);
    },
  },
  {
    id: "recheck",
    name: () => say("复查循环", "Recheck loop"),
    className: "bpmn-icon-loop-marker",
    draw(kit) {
      const merge = kit.gateway("bpmn:ExclusiveGateway", 0, 15, "m_again", ["", "Once more"]);
      const repair = kit.task(100, 0, "put_right", ["整改", "Put right"], { body: "enterprise", ladder: "w5" }, null, "own.open.");
      const check = kit.task(250, 0, "check_again", ["复查", "Check"], { body: "finder", role: "officer", ladder: "w3" }, kit.answers("pass", "fail"));
      const decide = kit.gateway("bpmn:ExclusiveGateway", 400, 15, "g_passed", ["合格？", "Passed?"]);
      const done = kit.end(510, 22, "passed", ["合格", "Passed"]);
      kit.flow(merge, repair);
      kit.flow(repair, check);
      kit.flow(check, decide);
      kit.flow(decide, done, ["是", "Yes"], `${check.flag} = "pass"`);
      kit.flow(decide, merge, ["否", "No"], null, [[425, 65], [425, 130], [25, 130], [25, 65]]);
    },
  },
];

class Patterns {
  constructor(popupMenu, palette, canvas, create, modeling, injector) {
    Object.assign(this, { popupMenu, canvas, create, modeling, injector });
    popupMenu.registerProvider("studio-patterns", this);
    palette.registerProvider(400, this);
  }

  getPaletteEntries() {
    const title = say("常用模式…", "Patterns…");
    const open = (event) => {
      const at = event.target.closest(".entry").getBoundingClientRect();
      const place = { x: at.right + 16, y: at.bottom + 8 };
      const position = { ...place, cursor: place };
      this.popupMenu.open(this.canvas.getRootElement(), "studio-patterns", position, { title: say("插入常用模式", "Insert a pattern"), width: 320 });
    };
    return { patterns: { group: "patterns", className: "modeler-patterns", title, action: { click: open } } };
  }

  getPopupMenuEntries() {
    return Object.fromEntries(
      PATTERNS.map((one) => [one.id, { label: one.name(), className: one.className, action: (event) => this.insert(one, event) }]),
    );
  }

  // A click of the mouse takes the elements in hand; a key puts them into the middle of what is seen.
  insert(pattern, event) {
    this.popupMenu.close();
    const kit = parts(this.injector);
    pattern.draw(kit);
    const forms = this.injector.get("patternForms");
    forms.expect(kit.forms);
    if (event?.clientX) {
      // Named already: nobody is asked for the first one's name.
      this.create.start(event, kit.elements, { hints: { createElementsBehavior: false } });
      return;
    }
    const { x, y, width, height } = this.canvas.viewbox();
    const center = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
    this.modeling.createElements(kit.elements, center, this.target(center));
  }

  // The innermost box that holds a place.
  target({ x, y }) {
    const registry = this.injector.get("elementRegistry");
    const holds = (one) =>
      /Participant|SubProcess/.test(one.type) && one.x <= x && x <= one.x + one.width && one.y <= y && y <= one.y + one.height;
    const boxes = registry.filter(holds).sort((one, other) => one.width * one.height - other.width * other.height);
    return boxes[0] || registry.find((one) => one.type === "bpmn:Participant") || this.canvas.getRootElement();
  }
}
Patterns.$inject = ["popupMenu", "palette", "canvas", "create", "modeling", "injector"];

// The forms of a pattern are files of the draft as long as its tasks are drawn: undoing takes both.
class Forms {
  constructor(eventBus, elementRegistry, studio) {
    Object.assign(this, { registry: elementRegistry, draft: studio.draft, known: new Map(), written: new Set() });
    eventBus.on("commandStack.changed", () => this.look());
  }

  expect(forms) {
    forms.forEach(({ id, text }) => this.known.set(id, text));
  }

  // A task that has another id now still names its form.
  named(form) {
    return this.registry.find(({ type, businessObject }) => type === "bpmn:UserTask" && propertyOf(businessObject, "form") === form);
  }

  look() {
    for (const [id, text] of this.known) {
      const path = `forms/${id}.json`;
      const drawn = Boolean(this.registry.get(id) || this.named(id));
      if (drawn && this.draft.file(path) === undefined) {
        this.draft.change(path, text);
        this.written.add(id);
      } else if (!drawn && this.written.has(id) && this.draft.file(path) === text) {
        this.written.delete(id);
        this.draft.remove(path);
      }
    }
  }
}
Forms.$inject = ["eventBus", "elementRegistry", "config.studio"];

export default {
  __init__: ["studioPatterns", "patternForms"],
  studioPatterns: ["type", Patterns],
  patternForms: ["type", Forms],
};
