// Words and what is written on them, a gloss or a note, light each other.

/** The name of what a link is about, as in “3” for a gloss and “n12” for a note. */
export function glossOf(link) {
  const [, kind, id] = link.pathname?.match(/\/(glosses|notes)\/(\d+)\/$/) ?? [];
  return id ? (kind === "notes" ? `n${id}` : id) : link.dataset.marks?.split(" ")[0];
}

export function slicesOf(id) {
  return [...document.querySelectorAll(`.text [data-marks~="${CSS.escape(id)}"]`)];
}

export function glossElement(id) {
  return document.getElementById(id?.startsWith("n") ? `note-${id.slice(1)}` : `gloss-${id}`);
}

let lit = null;

export function light(id) {
  if (id === lit) return;
  unlight();
  lit = id;
  for (const slice of slicesOf(id)) slice.classList.add("lit-words");
  glossElement(id)?.classList.add("lit-gloss");
}

export function unlight() {
  lit = null;
  for (const one of document.querySelectorAll(".lit-words")) one.classList.remove("lit-words");
  for (const one of document.querySelectorAll(".lit-gloss")) one.classList.remove("lit-gloss");
}

function annotationAt(target) {
  const beside = target?.closest?.(".margin :is(.gloss, .note)");
  if (beside) return beside.id.replace("gloss-", "").replace("note-", "n");
  const slice = target?.closest?.(".text [data-marks]");
  return slice ? glossOf(slice) : null;
}

let spot = "";
const spotOf = (event) => `${event.screenX} ${event.screenY}`;
document.addEventListener("pointermove", (event) => (spot = spotOf(event)), { passive: true });

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    // A pointer that rests while the page moves under it points at nothing.
    if (event.pointerType === "touch" || (kind === "pointerover" && spotOf(event) === spot)) return;
    // A note that has just been written keeps its words lit while it has focus.
    const id = annotationAt(event.target) ?? annotationAt(document.querySelector(".note:focus"));
    if (id) light(id);
    else if (!event.target.closest?.("#card")) unlight();
  });
}
