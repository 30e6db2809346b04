// Words selected in the text of a passage are put into the fields of a form.
import { selectedWords } from "../writing/selection.js";

const DEBOUNCE_MS = 150;
const text = document.querySelector("[data-words-to]");
const form = text && document.getElementById(text.dataset.wordsTo);

/** Have htmx ask whether and how often the passage has the words. */
function check() {
  form.elements.words.dispatchEvent(new Event("words-chosen"));
}

function useSelection() {
  const selection = selectedWords();
  if (!selection || !text.contains(getSelection().anchorNode)) return;
  const { start, end, words, whole } = form.elements;
  if (start.value === String(selection.start) && end.value === String(selection.end)) return;
  words.value = selection.exact;
  start.value = selection.start;
  end.value = selection.end;
  if (whole) whole.checked = false;
  highlight();
  forgetOccurrence();
  check();
}

/** Keep the selected words highlighted while the form has the focus. */
function highlight() {
  const range = getSelection().getRangeAt(0).cloneRange();
  if (globalThis.CSS?.highlights) CSS.highlights.set("chosen-words", new Highlight(range));
}

/** The occurrence that was chosen belongs to the words before. */
function forgetOccurrence() {
  for (const radio of form.querySelectorAll("[name=occurrence]")) radio.checked = false;
}

function onInput({ target }) {
  const { start, end, words } = form.elements;
  if (target !== words && target.name !== "occurrence" && target.name !== "whole") return;
  if (target.name !== "whole") start.value = end.value = "";
  if (target === words) forgetOccurrence();
  globalThis.CSS?.highlights?.delete("chosen-words");
  if (target !== words) check();
}

/** Give the text a caret, so that words can be selected with the keyboard; nothing can change it. */
function addCaret() {
  const html = text.innerHTML;
  text.contentEditable = "true";
  text.inputMode = "none";
  text.spellcheck = false;
  for (const [name, value] of [["role", "textbox"], ["aria-multiline", "true"], ["aria-readonly", "true"]]) {
    text.setAttribute(name, value);
  }
  text.addEventListener("beforeinput", (event) => event.preventDefault());
  text.addEventListener("input", () => (text.innerHTML = html));
  text.addEventListener("dragstart", (event) => event.preventDefault());
}

if (form) {
  addCaret();
  let pause;
  document.addEventListener("selectionchange", () => {
    clearTimeout(pause);
    pause = setTimeout(useSelection, DEBOUNCE_MS);
  });
  form.addEventListener("input", onInput);
}
