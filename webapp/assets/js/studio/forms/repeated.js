// Rows of a drawn form that repeat, as on the page of a task: adds or removes the one clicked.
export function repeat(fields, target) {
  const list = target.closest("[data-rows]");
  if (target.closest("[data-add-row]")) {
    const number = list.querySelectorAll("[data-row]").length;
    const html = list.querySelector("[data-blank-row]").innerHTML.replaceAll("__index__", String(number)).replaceAll("__number__", String(number + 1));
    list.querySelector("[data-row-list]").insertAdjacentHTML("beforeend", html);
  } else if (target.closest("[data-remove-row]")) {
    target.closest("[data-row]").remove();
  }
  for (const button of fields.querySelectorAll("[data-add-row], [data-remove-row]")) {
    button.hidden = false;
  }
}
