// What tasks, acts and people are called: the lists that the page offers.
export function named(list, id) {
  const options = document.getElementById(`tests-${list}`)?.options || [];
  return [...options].find((one) => one.value === id)?.textContent || id;
}

export function all(list) {
  return [...(document.getElementById(`tests-${list}`)?.options || [])].map((one) => one.value);
}

export function element(name, values = {}) {
  return Object.assign(document.createElement(name), values);
}

export function button(words, work, look = "btn-plain btn-small") {
  const made = element("button", { type: "button", className: `btn ${look}`, textContent: words });
  made.addEventListener("click", work);
  return made;
}
