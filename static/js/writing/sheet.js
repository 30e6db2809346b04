// The element that holds the form: in the margin beside the words, or a sheet where there is no margin.
import "./writing-style.js";
import { isBeside } from "../reading/margins.js";
import { numberOf } from "../reading/passages.js";
import { rangeOf } from "./selection.js";

const passages = document.querySelector(".passages");
export const sheet = document.createElement("section");
sheet.id = "writing";
sheet.tabIndex = -1;
/** What the form is about: `passage`, `start` and `end` in code points, or `element`. */
let subject = null;

export const isWriting = () => sheet.isConnected && !sheet.hidden;

/** In the margin it follows the run. A sheet follows #main: inside the page's container it could not be
fixed to the screen in every browser. */
function attach() {
  const inMargin = isBeside();
  if (sheet.isConnected && sheet.classList.contains("sheet") !== inMargin) return;
  sheet.classList.toggle("sheet", !inMargin);
  (inMargin ? subject.passage.closest(".run") : document.getElementById("main")).after(sheet);
}

const rangeOfWords = () =>
  subject.end > subject.start ? rangeOf(subject.passage, subject.start, subject.end) : null;

/** Align the sheet with the words, or with what was pressed to open it; highlight the words. */
function position() {
  if (!sheet.isConnected) return;
  attach();
  const range = rangeOfWords();
  const { top } = (range || subject.element || subject.passage).getBoundingClientRect();
  const { right } = subject.passage.closest(".run").querySelector(".margin").getBoundingClientRect();
  const frame = passages.getBoundingClientRect();
  sheet.style.setProperty("--top", `${Math.round(top - frame.top)}px`);
  sheet.style.setProperty("--end", `${Math.max(16, Math.round(frame.right - right))}px`);
  if (range) window.CSS.highlights?.set("writing", new Highlight(range));
}

/** Show an empty sheet beside `start` to `end` of `passage`, or beside `element`. */
export function showSheet(newSubject, { unseen }) {
  subject = newSubject;
  sheet.hidden = unseen;
  sheet.setAttribute("aria-label", `Writing beside passage ${numberOf(subject.passage)}`);
  sheet.innerHTML = '<blockquote class="sheet-words" dir="auto" hidden></blockquote><div class="sheet-form"></div>';
  attach();
  position();
}

/** Quote the words that the form is about. A form for choosing words has none. */
export function quoteWords(form) {
  const { start, end } = form.elements;
  if (start) [subject.start, subject.end] = [Number(start.value), Number(end.value)];
  const quote = sheet.querySelector(".sheet-words");
  quote.textContent = rangeOfWords()?.toString() ?? "";
  quote.hidden = !quote.textContent;
  position();
}

export function focusIn(form) {
  const field = form.querySelector("[aria-invalid], .choices input") ?? form.querySelector("textarea, button");
  field.focus({ preventScroll: true });
  if (!sheet.classList.contains("sheet")) return sheet.scrollIntoView({ block: "nearest" });
  const words = (rangeOfWords() || subject.passage).getBoundingClientRect();
  const covered = words.bottom - sheet.getBoundingClientRect().top;
  if (covered > -12) scrollBy({ top: covered + 24, behavior: "instant" });
}

export function removeSheet() {
  sheet.remove();
  window.CSS.highlights?.delete("writing");
}

// The keyboard of a phone is laid over the page: keep the sheet above it.
window.visualViewport?.addEventListener("resize", () => {
  const covered = innerHeight - visualViewport.height - visualViewport.offsetTop;
  sheet.style.setProperty("--covered", `${Math.max(0, Math.round(covered))}px`);
});
addEventListener("resize", position);
document.addEventListener("toggle", position, true);
