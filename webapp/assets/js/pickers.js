// Shows what was chosen before it is sent; the pictures never leave the page by this.
function entry(file) {
  const item = document.createElement("li");
  if (file.type.startsWith("image/")) {
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = URL.createObjectURL(file);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
    item.append(picture);
  }
  const name = document.createElement("span");
  name.textContent = file.name;
  item.append(name);
  return item;
}

document.addEventListener("change", (event) => {
  const picker = event.target.matches("[data-picker] input[type=file]")
    ? event.target.closest("[data-picker]")
    : null;
  if (picker) {
    picker.querySelector("[data-preview]").replaceChildren(...[...event.target.files].map(entry));
  }
});
