// A field of the properties: written a moment after the typing, and at once when it is left.
const PAUSE = 400;

// `early` is false for names that others refer to: those are written when they are whole.
export function input(value, type, set, readonly, early = true) {
  const made = document.createElement("input");
  made.className = "form-control form-control-sm";
  made.type = type;
  made.value = value ?? "";
  made.disabled = readonly;
  made.autocomplete = "off";
  let written = made.value;
  let timer = 0;
  const write = () => {
    clearTimeout(timer);
    const typed = type === "number" ? made.value : made.value.trim();
    if (typed !== written) {
      written = typed;
      set(type !== "number" ? typed : typed === "" ? undefined : Number(typed));
    }
  };
  made.addEventListener("change", write);
  if (early) {
    made.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => made.isConnected && write(), PAUSE);
    });
  }
  return made;
}
