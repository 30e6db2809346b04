// Words selected in the text of a passage become the words of the form.

const text = document.querySelector("[data-words-of]");
const { start, end, words } = text.form.elements;
const said = text.value;

/** Browsers count UTF-16 units, the site counts code points. */
const codePoints = (units) => [...said.slice(0, units)].length;

function take() {
  const selected = said.slice(text.selectionStart, text.selectionEnd);
  if (!selected.trim()) return;
  const from = text.selectionEnd - selected.trimStart().length;
  const to = text.selectionStart + selected.trimEnd().length;
  start.value = codePoints(from);
  end.value = codePoints(to);
  words.value = said.slice(from, to);
}

for (const kind of ["select", "pointerup", "keyup"]) text.addEventListener(kind, take);
words.addEventListener("input", () => (start.value = end.value = ""));

// Chromium lets no arrow key into a text that is read-only, so it is not, and nothing can change it.
text.readOnly = false;
text.inputMode = "none";
text.setAttribute("aria-readonly", "true");
text.addEventListener("beforeinput", (event) => event.preventDefault());
text.addEventListener("input", () => (text.value = said));
