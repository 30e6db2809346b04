// Words, and the gloss or note on them in the margin, highlight each other under a pointer or with focus.

/** The id of the annotation that a link is about: “3” for a gloss, “ns7q4qvznbh” for a note. */
export function annotationOf(link) {
  const [, kind, id] = link.pathname?.match(/\/(glosses|notes)\/([^/]+)\/$/) ?? [];
  return id ? (kind === "notes" ? `n${id}` : id) : link.dataset.marks?.split(" ")[0];
}

/** The elements that mark an annotation's words: several where marks overlap or the text has other markup. */
function slicesOf(id) {
  return [...document.querySelectorAll(`.text [data-marks~="${CSS.escape(id)}"]`)];
}

/** The link that opens the card of a marked slice of text: around it, or on another slice of the same mark. */
export const linkOf = (slice) =>
  slice.closest("a[href]") ?? slicesOf(slice.dataset.marks.split(" ")[0]).find((other) => other.matches("a"));

/** The element of an annotation in the margin. */
export function marginElement(id) {
  return document.getElementById(id?.startsWith("n") ? `note-${id.slice(1)}` : `gloss-${id}`);
}

let highlighted = null;

export function highlight(id) {
  if (id === highlighted) return;
  removeHighlight();
  highlighted = id;
  for (const slice of slicesOf(id)) slice.classList.add("lit-words");
  marginElement(id)?.classList.add("lit-gloss");
}

export function removeHighlight() {
  highlighted = null;
  for (const name of ["lit-words", "lit-gloss"]) {
    for (const element of document.querySelectorAll(`.${name}`)) element.classList.remove(name);
  }
}

function annotationAt(target) {
  const inMargin = target?.closest?.(".margin :is(.gloss, .note)");
  if (inMargin) return inMargin.id.replace("gloss-", "").replace("note-", "n");
  const slice = target?.closest?.(".text [data-marks]");
  return slice ? annotationOf(slice) : null;
}

let position = "";
const positionOf = (event) => `${event.screenX} ${event.screenY}`;
document.addEventListener("pointermove", (event) => (position = positionOf(event)), { passive: true });

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    // When the page moves under a resting pointer, the pointer points at nothing.
    if (event.pointerType === "touch" || (kind === "pointerover" && positionOf(event) === position)) return;
    // A note that has just been written keeps its words highlighted while it has focus.
    const id = annotationAt(event.target) ?? annotationAt(document.querySelector(".note:focus"));
    if (id) highlight(id);
    else if (!event.target.closest?.("#card")) removeHighlight();
  });
}
