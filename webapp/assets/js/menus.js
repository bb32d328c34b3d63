// Menus are <details>: they close at Escape and when the user goes elsewhere.
const MENUS = "details.menu, details.drop";
const OPEN = "details.menu[open], details.drop[open]";

function closeAll(except) {
  for (const menu of document.querySelectorAll(OPEN)) {
    if (menu !== except) {
      menu.open = false;
    }
  }
}

document.addEventListener("click", (event) => closeAll(event.target.closest(MENUS)));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") {
    return;
  }
  const open = document.querySelector(OPEN);
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

const errors = document.getElementById("errors");
if (errors) {
  errors.focus();
}

// Filters stand open; on a phone they fold away unless one is in use.
if (window.matchMedia("(max-width: 47.99rem)").matches) {
  for (const filters of document.querySelectorAll("details[data-filters]")) {
    filters.open =
      [...filters.querySelectorAll("select")].some((select) => select.value) ||
      filters.querySelector("input:checked") !== null;
  }
}
