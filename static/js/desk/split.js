// A passage is split at the cursor: the script adds the empty line that marks the place.

const form = document.querySelector("form.writing");
const text = form.elements.source;
const where = document.querySelector("#where");
const gap = "\n".repeat(1 + Number(text.parentElement.dataset.mark));
const isMarked = () => text.value.trim().includes(gap);

for (const element of document.querySelectorAll("[data-without-script]")) element.hidden = true;
for (const element of document.querySelectorAll("[data-with-script]")) element.hidden = false;

const parts = () => [text.value.slice(0, text.selectionStart), text.value.slice(text.selectionStart)];

function showWhere() {
  const [before, after] = parts().map((part) => part.trim());
  if (isMarked()) where.textContent = "The empty line marks where the next passage begins.";
  else if (before && after)
    where.textContent = `…${before.slice(-40)} ‖ ${after.slice(0, 40)}…`;
  else where.textContent = "";
}

form.addEventListener("submit", () => {
  const [before, after] = parts();
  if (!isMarked() && before.trim() && after.trim()) text.value = before.trimEnd() + gap + after.trimStart();
});
for (const kind of ["keyup", "pointerup", "input", "select"]) text.addEventListener(kind, showWhere);
showWhere();
