// Kinds of fields of the properties panel; each writes through the command stack. What draws a
// kind is one function for all its fields: another one at each drawing would lose the focus.
import {
  CheckboxEntry,
  SelectEntry,
  TextAreaEntry,
  TextFieldEntry,
  isCheckboxEntryEdited,
  isSelectEntryEdited,
  isTextAreaEntryEdited,
  isTextFieldEntryEdited,
} from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { useCallback, useEffect, useRef, useState } from "@bpmn-io/properties-panel/preact/hooks";
import { conditionBuilder } from "../feel/builder.js";
import { feelField } from "../feel/field.js";
import { say } from "./words.js";

let debounce = (write) => write;

// The panel's own way to wait for the end of typing.
export function waitBy(service) {
  debounce = service;
}

const KEPT = 250;

const unknown = (value) => ({ value, label: `${value} ${say("（不可选）", "(not to be chosen)")}` });

function Select({ element, choices, get, set, empty = say("（未选）", "(none)"), required = true, ...more }) {
  const value = get(element) || "";
  const known = choices(element);
  const options = !value || known.some((one) => one.value === value) ? known : [unknown(value), ...known];
  return SelectEntry({
    element,
    ...more,
    getValue: () => value,
    setValue: (chosen) => set(element, chosen),
    getOptions: () => (required && value ? options : [{ value: "", label: empty }, ...options]),
  });
}

function Text({ element, get, set, validate, rows, onBlur, ...more }) {
  const Entry = rows ? TextAreaEntry : TextFieldEntry;
  // One function for all drawings: with another one the panel forgets what is wrong with the field.
  const latest = useRef(null);
  latest.current = (value) => (validate ? validate(value ?? "", element) : null);
  const [round, again] = useState(0);
  const checked = useCallback((value) => latest.current(value), [round]);
  const left = (event) => {
    if (event.target.value.trim() === (get(element) ?? "")) {
      again(round + 1);
    }
    onBlur?.(event);
  };
  return Entry({
    element,
    rows,
    debounce,
    ...more,
    validate: checked,
    onBlur: left,
    getValue: get,
    // A field that is left is written by the panel, changed or not.
    setValue: (value, error) => error || (value ?? "") === (get(element) ?? "") || set(element, value ?? ""),
  });
}

function Check({ element, get, set, ...more }) {
  return CheckboxEntry({ element, ...more, getValue: get, setValue: (value) => set(element, value) });
}

// Writes what was typed a moment later, and at once when the field goes.
function writer(current) {
  let timer = 0;
  let waiting = null;
  const flush = () => {
    clearTimeout(timer);
    const { get, set, element } = current();
    if (waiting !== null && waiting !== (get(element) || "")) {
      set(element, waiting);
    }
    waiting = null;
  };
  const onInput = (text) => {
    clearTimeout(timer);
    waiting = text;
    timer = setTimeout(flush, KEPT);
  };
  return { flush, onInput };
}

// A place for one of our own fields within the panel, which draws with preact.
function Hosted(props) {
  const { id, label, element, make, disabled } = props;
  const host = useRef(null);
  const field = useRef(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const mine = { ...latest.current };
    const { flush, onInput } = writer(() => (latest.current.element === mine.element ? latest.current : mine));
    const value = mine.get(element) || "";
    field.current = make({ id: `bio-properties-panel-${id}`, label, value, element: element.id, readonly: disabled, onInput });
    host.current.append(field.current.node);
    return () => {
      flush();
      field.current.node.remove();
    };
  }, [element, id]);
  useEffect(() => {
    const value = props.get(element) || "";
    if (field.current && field.current.value !== value && !host.current.contains(document.activeElement)) {
      field.current.value = value;
    }
  });
  return h("div", { class: "bio-properties-panel-entry", "data-entry-id": id }, [
    h("span", { class: "bio-properties-panel-label" }, label),
    h("div", { ref: host }),
  ]);
}

function Note({ id, text, address }) {
  const words = address ? h("a", { href: address }, text) : h("span", null, text);
  return h("div", { class: "bio-properties-panel-entry modeler-note", "data-entry-id": id }, [words]);
}

const never = () => false;

export const selectField = (given) => ({ ...given, component: Select, isEdited: isSelectEntryEdited });
export const textField = (given) => ({ ...given, component: Text, isEdited: given.rows ? isTextAreaEntryEdited : isTextFieldEntryEdited });
export const checkField = (given) => ({ ...given, component: Check, isEdited: isCheckboxEntryEdited });

export function feelEntry({ vocabulary, ask, kind = "expression", ...given }) {
  const make = (options) => feelField({ ...options, vocabulary: vocabulary(), ask, kind });
  return { ...given, make, component: Hosted, isEdited: never };
}

export function conditionEntry({ vocabulary, ask, ...given }) {
  const make = (options) => conditionBuilder({ ...options, vocabulary: vocabulary(), ask });
  return { ...given, make, component: Hosted, isEdited: never };
}

// A sentence, or a link to where something else is edited.
export const noteEntry = (given) => ({ ...given, component: Note, isEdited: never });
