// A filter that takes several choices says beside its title which are taken.
document.addEventListener("change", (event) => {
  const pick = event.target.closest("[data-pick]");
  if (!pick) {
    return;
  }
  const words = pick.querySelector("[data-pick-words]");
  const taken = [...pick.querySelectorAll("input:checked")].map((box) =>
    box.closest("label").textContent.trim(),
  );
  words.textContent = taken.join(words.dataset.joined) || words.dataset.none;
});
