// Words selected in the text of a passage become the words of the form.

const text = document.querySelector("[data-words-of]");
const { start, end, words } = text.form.elements;

/** Browsers count UTF-16 units, the site counts code points. */
const codePoints = (units) => [...text.value.slice(0, units)].length;

function take() {
  const selected = text.value.slice(text.selectionStart, text.selectionEnd);
  if (!selected.trim()) return;
  const from = text.selectionStart + selected.length - selected.trimStart().length;
  const to = text.selectionEnd - selected.length + selected.trimEnd().length;
  start.value = codePoints(from);
  end.value = codePoints(to);
  words.value = text.value.slice(from, to);
}

for (const kind of ["select", "pointerup", "keyup"]) text.addEventListener(kind, take);
words.addEventListener("input", () => (start.value = end.value = ""));
