// Words selected in the text of a passage, a textarea, are put into the fields of the form.

const text = document.querySelector("[data-words-of]");
const { start, end, words } = text.form.elements;
const original = text.value;

/** The offset in code points, as the site counts, of one in UTF-16 units, as browsers count. */
const codePoints = (units) => [...original.slice(0, units)].length;

function useSelection() {
  const selected = original.slice(text.selectionStart, text.selectionEnd);
  if (!selected.trim()) return;
  const from = text.selectionEnd - selected.trimStart().length;
  const to = text.selectionStart + selected.trimEnd().length;
  start.value = codePoints(from);
  end.value = codePoints(to);
  words.value = original.slice(from, to);
}

for (const kind of ["select", "pointerup", "keyup"]) text.addEventListener(kind, useSelection);
words.addEventListener("input", () => (start.value = end.value = ""));

// In Chromium arrow keys do not work in a read-only field. So it is not read-only, but nothing changes it.
text.readOnly = false;
text.inputMode = "none";
text.setAttribute("aria-readonly", "true");
text.addEventListener("beforeinput", (event) => event.preventDefault());
text.addEventListener("input", () => (text.value = original));
