// Writing a gloss beside its text: selected words, links, and what htmx fetches while one types.
import "./gloss-links.js";
import "./selected-words.js";

for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;

// An old answer would mislead. Saving checks everything again, so a missing one stops nobody.
document.addEventListener("htmx:error", ({ target, detail: { ctx } }) => {
  if (target.matches("textarea")) ctx.target.replaceChildren();
});

/** Warn while the form of the text has unsaved changes. */
const unsaved = document.querySelector("[data-unsaved]");
if (unsaved) {
  const isOutside = (field) => field.form && !unsaved.closest("#glosses").contains(field);
  document.addEventListener("input", ({ target }) => {
    if (target.name !== "source" || !isOutside(target)) return;
    unsaved.hidden = target.value === target.defaultValue;
  });
}
