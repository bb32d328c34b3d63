// A form that scrolls within itself says so, as long as fields stand below what is seen of it.
const NEARLY = 24;

const sign = document.querySelector("[data-more-below]");
const panel = sign?.closest(".card-in");

function look() {
  sign.hidden = panel.scrollHeight - panel.clientHeight - panel.scrollTop < NEARLY;
}

if (sign) {
  panel.addEventListener("scroll", look, { passive: true });
  const watcher = new ResizeObserver(look);
  watcher.observe(panel);
  watcher.observe(sign.closest("form"));
  sign.addEventListener("click", () => {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    panel.scrollBy({ top: panel.clientHeight * 0.7, behavior: still ? "auto" : "smooth" });
  });
}
