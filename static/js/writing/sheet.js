// Where the form stands: beside the words in the margin, or a sheet where there is no margin.
import "./writing-style.js";
import { nameOf, rangeOf } from "./selection.js";

const passages = document.querySelector(".passages");
export const host = document.createElement("section");
host.id = "writing";
host.tabIndex = -1;
let at = null;

export const isWriting = () => host.isConnected && !host.hidden;

/** A sheet is fixed to the screen, which nothing inside the page's container can be everywhere. */
function stand() {
  const beside = getComputedStyle(passages).getPropertyValue("--beside").trim() === "1";
  if (host.isConnected && host.classList.contains("sheet") !== beside) return;
  host.classList.toggle("sheet", !beside);
  (beside ? at.passage.closest(".run") : document.getElementById("main")).after(host);
}

/** Beside the words, or beside whatever was pressed to come here; the words are lit. */
function place() {
  if (!host.isConnected) return;
  stand();
  const range = words();
  const { top } = (range || at.beside || at.passage).getBoundingClientRect();
  const { right } = at.passage.closest(".run").querySelector(".margin").getBoundingClientRect();
  const frame = passages.getBoundingClientRect();
  host.style.setProperty("--top", `${Math.round(top - frame.top)}px`);
  host.style.setProperty("--end", `${Math.max(16, Math.round(frame.right - right))}px`);
  if (range) window.CSS.highlights?.set("writing", new Highlight(range));
}

const words = () => (at.end > at.start ? rangeOf(at.passage, at.start, at.end) : null);

/** Put an empty sheet beside `where.start` to `where.end` of `where.passage`, or `where.beside`. */
export function putBeside(where, { unseen }) {
  at = where;
  host.hidden = unseen;
  host.setAttribute("aria-label", `Writing beside ${nameOf(at.passage)}`);
  host.innerHTML = '<blockquote class="sheet-words" dir="auto" hidden></blockquote><div class="sheet-form"></div>';
  stand();
  place();
}

/** Go by the words that the form says itself; one for choosing them has none. */
export function settle(form) {
  const { start, end } = form.elements;
  if (start) [at.start, at.end] = [Number(start.value), Number(end.value)];
  const quoted = host.querySelector(".sheet-words");
  quoted.textContent = words()?.toString() ?? "";
  quoted.hidden = !quoted.textContent;
  place();
}

export function focusIn(form) {
  const wanted = form.querySelector("[aria-invalid], .choices input") ?? form.querySelector("textarea, button");
  wanted.focus({ preventScroll: true });
  if (!host.classList.contains("sheet")) return host.scrollIntoView({ block: "nearest" });
  const under = (words() || at.passage).getBoundingClientRect().bottom - host.getBoundingClientRect().top;
  if (under > -12) scrollBy({ top: under + 24, behavior: "instant" });
}

export function takeAway() {
  host.remove();
  window.CSS.highlights?.delete("writing");
}

// Above the keyboard of a phone, where the browser lays it over the page.
window.visualViewport?.addEventListener("resize", () => {
  const covered = innerHeight - visualViewport.height - visualViewport.offsetTop;
  host.style.setProperty("--covered", `${Math.max(0, Math.round(covered))}px`);
});
addEventListener("resize", place);
document.addEventListener("toggle", place, true);
