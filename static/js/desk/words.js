// Words selected in the text of a passage become the words of a form.
import { askLater } from "./ask.js";
import { selectedWords } from "../writing/selection.js";

const PAUSE = 150;
const text = document.querySelector("[data-words-to]");
const form = text && document.getElementById(text.dataset.wordsTo);

function take() {
  const chosen = selectedWords();
  if (!chosen || !text.contains(getSelection().anchorNode)) return;
  const { start, end, words, whole } = form.elements;
  if (start.value === String(chosen.start) && end.value === String(chosen.end)) return;
  words.value = chosen.exact;
  start.value = chosen.start;
  end.value = chosen.end;
  if (whole) whole.checked = false;
  light();
  forgetPlace();
  askLater(words, true);
}

/** Keep the chosen words lit while the form has the focus. */
function light() {
  const range = getSelection().getRangeAt(0).cloneRange();
  if (globalThis.CSS?.highlights) CSS.highlights.set("chosen-words", new Highlight(range));
}

/** Which of several places was chosen before says nothing about other words. */
function forgetPlace() {
  for (const place of form.querySelectorAll("[name=occurrence]")) place.checked = false;
}

function typed({ target }) {
  const { start, end, words } = form.elements;
  if (target !== words && target.name !== "occurrence" && target.name !== "whole") return;
  if (target.name !== "whole") start.value = end.value = "";
  if (target === words) forgetPlace();
  globalThis.CSS?.highlights?.delete("chosen-words");
  if (target !== words) askLater(words, true);
}

/** A caret for the keyboard. The text is edited by nobody: whatever would change it is stopped. */
function walkable() {
  const said = text.innerHTML;
  text.contentEditable = "true";
  text.inputMode = "none";
  text.spellcheck = false;
  for (const [name, value] of [["role", "textbox"], ["aria-multiline", "true"], ["aria-readonly", "true"]]) {
    text.setAttribute(name, value);
  }
  text.addEventListener("beforeinput", (event) => event.preventDefault());
  text.addEventListener("input", () => (text.innerHTML = said));
  text.addEventListener("dragstart", (event) => event.preventDefault());
}

if (form) {
  walkable();
  let pause;
  document.addEventListener("selectionchange", () => {
    clearTimeout(pause);
    pause = setTimeout(take, PAUSE);
  });
  form.addEventListener("input", typed);
}
