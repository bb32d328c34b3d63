// Lists whose rows a user may add and remove; the server reads any row numbers in order.
function renumber(text, index) {
  return text.replaceAll("__index__", String(index)).replaceAll("__number__", String(index + 1));
}

function add(list) {
  const rows = list.querySelector("[data-row-list]");
  const index = Number(list.dataset.next || rows.children.length);
  const markup = list.querySelector("template[data-blank-row]").innerHTML;
  const holder = document.createElement("template");
  holder.innerHTML = renumber(markup, index);
  const row = holder.content.querySelector("[data-row]");
  rows.append(row);
  list.dataset.next = String(index + 1);
  row.querySelector("[data-remove-row]").hidden = false;
  row.querySelector("input, select, textarea")?.focus();
  return row;
}

document.addEventListener("click", (event) => {
  const adding = event.target.closest("[data-add-row]");
  const removing = event.target.closest("[data-remove-row]");
  if (adding) {
    add(adding.closest("[data-rows]"));
  } else if (removing) {
    const list = removing.closest("[data-rows]");
    removing.closest("[data-row]").remove();
    list.querySelector("[data-add-row]").focus();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

function reveal() {
  // An empty row to begin with is for pages without scripts, where none can be added.
  for (const row of document.querySelectorAll("[data-row][data-spare]")) {
    row.remove();
  }
  for (const button of document.querySelectorAll("[data-add-row], [data-row-list] [data-remove-row]")) {
    button.hidden = false;
  }
}

reveal();
document.addEventListener("htmx:after:swap", reveal);
