// Changes the id of an element. A task whose form is named by its id keeps that form by its name.
import { propertyOf } from "./extensions.js";

const path = (id) => `forms/${id}.json`;

// The form to be named, where the draft holds one of the old id and none of the new one.
export function formToKeep(businessObject, id, draft) {
  const before = businessObject.id;
  const byId = businessObject.$type === "bpmn:UserTask" && !propertyOf(businessObject, "form");
  return byId && draft.file(path(before)) !== undefined && draft.file(path(id)) === undefined ? before : "";
}

class ChangeId {
  constructor(modeling, extensions) {
    Object.assign(this, { modeling, extensions });
  }

  preExecute({ element, id, form }) {
    if (form) {
      this.extensions.setProperty(element, "form", form);
    }
    this.modeling.updateProperties(element, { id });
  }
}
ChangeId.$inject = ["modeling", "extensions"];

export class Renaming {
  constructor(commandStack, studio) {
    Object.assign(this, { commandStack, draft: studio.draft });
    commandStack.registerHandler("studio.changeId", ChangeId);
  }

  change(element, id) {
    this.commandStack.execute("studio.changeId", { element, id, form: formToKeep(element.businessObject, id, this.draft) });
  }
}
Renaming.$inject = ["commandStack", "config.studio"];
