// Status messages, which screen readers announce: a line for some seconds, or a toast that stays.
import { createElement } from "./create-element.js";

const line = document.getElementById("status");
let timer;

// A message in the page itself is set again after a moment: screen readers announce only changes.
const initial = line.textContent;
if (initial) {
  line.textContent = "";
  setTimeout(announce, 100, initial, { seconds: 8 });
}

/** Show a message for some seconds; if `unseen`, only screen readers get it. */
export function announce(message, { seconds = 4, unseen = false } = {}) {
  clearTimeout(timer);
  line.classList.toggle("sr", unseen);
  line.textContent = message;
  timer = setTimeout(() => (line.textContent = ""), seconds * 1000);
}

/** Show a message with links or buttons; a press on any of them closes it. Returns the element. */
export function showToast(message, controls, className = "") {
  const toast = createElement("div", { className: `toast ${className}`, role: "status" }, message, ...controls);
  toast.addEventListener("click", ({ target }) => target.closest("a, button") && toast.remove());
  document.body.append(toast);
  return toast;
}
