// Questions that have to be answered before anything more is written.
const element = (name, text, className = "") => {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
};

export { element };

export function button(words, className = "btn") {
  const made = element("button", words, className);
  made.type = "button";
  return made;
}

export function download(path, text) {
  const link = document.createElement("a");
  const at = new Date().toISOString().slice(0, 16).replace(/[:T]/g, "-");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  link.download = path.replace(/^.*\//, "").replace(/(\.\w+)$/, `.${at}$1`);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Resolves to the value that is chosen; `escape` is that of the Escape key, without which there is
// no way around the choice.
export function ask({ title, parts, choices, escape }) {
  const dialog = element("dialog", "", "draft-conflict");
  dialog.setAttribute("aria-labelledby", "draft-conflict-title");
  const head = element("h2", title);
  head.id = "draft-conflict-title";
  const row = element("div", "", "draft-conflict-acts");
  row.append(...choices.map(([, one]) => one));
  dialog.append(head, ...parts, row);
  document.body.append(dialog);
  return new Promise((resolve) => {
    const end = (choice) => {
      dialog.remove();
      resolve(choice);
    };
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (escape !== undefined) {
        end(escape);
      }
    });
    // Browsers close it at the second Escape all the same; without a choice nothing may be saved.
    dialog.addEventListener("close", () => dialog.isConnected && dialog.showModal());
    choices.forEach(([value, one]) => one.addEventListener("click", () => end(value)));
    dialog.showModal();
    choices[0][1].focus();
  });
}
