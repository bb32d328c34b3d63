// The fields as a list: chosen, moved and removed by keyboard, and on a telephone.
import { say } from "../feel/words.js";
import { kindName } from "./kinds.js";

export function labelOf(field) {
  const chinese = field.label || field.dateLabel || field.text || "";
  return say(chinese, field.properties?.label_en || chinese);
}

function act(words, mark, disabled, doIt) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "outline-act";
  button.textContent = mark;
  button.setAttribute("aria-label", words);
  button.title = words;
  button.disabled = disabled;
  button.addEventListener("click", doIt);
  return button;
}

function line(one, canvas, faulty) {
  const item = document.createElement("li");
  item.className = "outline-line";
  item.dataset.depth = String(Math.min(one.depth, 3));
  const chosen = canvas.selected?.id === one.field.id;
  const name = document.createElement("button");
  name.type = "button";
  name.className = "outline-name";
  name.setAttribute("aria-pressed", String(chosen));
  const words = document.createElement("span");
  words.textContent = labelOf(one.field) || say("（没有名称）", "(no label)");
  const code = document.createElement("small");
  code.textContent = [one.field.key || one.field.path, kindName(one.field.type)].filter(Boolean).join(" · ");
  name.append(words, code);
  if (faulty) {
    item.classList.add("outline-wrong");
  }
  name.addEventListener("click", () => canvas.select(one));
  item.append(name);
  if (!canvas.readonly) {
    const called = labelOf(one.field);
    item.append(
      act(say(`上移“${called}”`, `Move ${called} up`), "↑", one.at === 0, () => canvas.move(one, -1)),
      act(say(`下移“${called}”`, `Move ${called} down`), "↓", one.at === one.around.components.length - 1, () => canvas.move(one, 1)),
      act(say(`删除“${called}”`, `Remove ${called}`), "×", false, () => canvas.remove(one)),
    );
  }
  return item;
}

// `faulty` says whether something is wrong with a field, by its place in the file.
export function drawOutline(container, canvas, faulty) {
  const lines = canvas.fields.map((one) => line(one, canvas, faulty(one)));
  const focused = container.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  const none = document.createElement("li");
  none.className = "soft small";
  none.textContent = say("还没有字段", "No fields yet");
  container.replaceChildren(...(lines.length ? lines : [none]));
  if (focused) {
    [...container.querySelectorAll("[aria-label]")].find((one) => one.getAttribute("aria-label") === focused)?.focus();
  }
}
