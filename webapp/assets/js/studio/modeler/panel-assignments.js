// The list of flags that an element writes when it completes: properties `set.NAME`, in FEEL.
import { propertiesOf } from "./extensions.js";
import { feelEntry, textField } from "./panel-entries.js";
import { flagFault } from "./panel-tasks.js";
import { say } from "./words.js";

const SET = "set.";

export function assignments(element, context) {
  const { extensions, vocabulary, ask, locked: disabled } = context;
  const all = () => propertiesOf(element.businessObject);
  const mine = all().filter((one) => one.name.startsWith(SET));
  const change = (name, changed) => extensions.writeProperties(element, all().map((one) => (one.name === name ? { ...one, ...changed } : one)));
  const remove = (name) => extensions.writeProperties(element, all().filter((one) => one.name !== name));
  const items = mine.map(({ name }, at) => ({
    id: `set-${at}`,
    label: name.slice(SET.length) || say("（未命名）", "(no name)"),
    remove: disabled ? undefined : (event) => {
      event.stopPropagation();
      remove(name);
    },
    entries: [
      textField({
        id: `set-${at}-name`,
        label: say("标记", "Flag"),
        disabled,
        get: () => name.slice(SET.length),
        validate: (value) => (value ? flagFault(value) : say("请填写标记名", "Name a flag")),
        set: (_, value) => change(name, { name: SET + value }),
      }),
      feelEntry({
        id: `set-${at}-value`,
        label: say("值（FEEL）", "Value (FEEL)"),
        disabled,
        get: () => all().find((one) => one.name === name)?.value || "",
        set: (_, value) => change(name, { value }),
        vocabulary,
        ask,
      }),
    ],
  }));
  const fresh = () => {
    const names = all().map((one) => one.name);
    let at = 1;
    while (names.includes(`${SET}flag_${at}`)) {
      at += 1;
    }
    return `${SET}flag_${at}`;
  };
  const add = (event) => {
    event.stopPropagation();
    extensions.writeProperties(element, [...all(), { name: fresh(), value: "null" }]);
  };
  return { items, add: disabled ? undefined : add };
}
