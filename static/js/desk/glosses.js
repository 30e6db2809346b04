// Making a gloss where the text is: selected words, answers while typing, links.
import "./ask.js";
import "./gloss-links.js";
import "./words.js";

for (const part of document.querySelectorAll(".needs-script")) part.hidden = false;

/** Say so while the form of the text holds what is not saved. */
const unsaved = document.querySelector("[data-unsaved]");
if (unsaved) {
  const outside = (field) => field.form && !unsaved.closest("#glosses").contains(field);
  document.addEventListener("input", ({ target }) => {
    if (target.name !== "source" || !outside(target)) return;
    unsaved.hidden = target.value === target.defaultValue;
  });
}
