// form-js puts the focus on the field that is chosen whenever it draws it anew. Whoever is typing
// beside the canvas goes on typing.
export function keepFocus(container) {
  container.addEventListener("focusin", (event) => {
    const before = event.relatedTarget;
    const typing = before?.isConnected && !container.contains(before) && before.matches("input, textarea, select, button");
    if (typing && !container.matches(":active") && event.target.matches("[data-id]")) {
      const place = [before.selectionStart, before.selectionEnd];
      before.focus({ preventScroll: true });
      if (typeof place[0] === "number" && before.setSelectionRange) {
        before.setSelectionRange(...place);
      }
    }
  });
}
