// A passage split where the cursor stands: script puts the empty line in that marks the place.

const form = document.querySelector("form.writing");
const text = form.elements.source;
const where = document.querySelector("#where");
const gap = "\n".repeat(1 + Number(text.parentElement.dataset.mark));
const isMarked = () => text.value.trim().includes(gap);

for (const one of document.querySelectorAll("[data-without-script]")) one.hidden = true;
for (const one of document.querySelectorAll("[data-with-script]")) one.hidden = false;

const parts = () => [text.value.slice(0, text.selectionStart), text.value.slice(text.selectionStart)];

function tell() {
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
for (const kind of ["keyup", "pointerup", "input", "select"]) text.addEventListener(kind, tell);
tell();
