// A phrase and its gloss light each other.

export function glossOf(link) {
  return link.pathname?.match(/\/glosses\/(\d+)\/$/)?.[1] ?? link.dataset.marks?.split(" ")[0];
}

export function slicesOf(id) {
  return [...document.querySelectorAll(`.text [data-marks~="${CSS.escape(id)}"]`)];
}

export function glossElement(id) {
  return document.getElementById(`gloss-${id}`);
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
  const gloss = target.closest?.(".margin .gloss");
  if (gloss) return gloss.id.replace("gloss-", "");
  const slice = target.closest?.(".text [data-marks]");
  return slice ? glossOf(slice) : null;
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    if (event.pointerType === "touch") return;
    const id = annotationAt(event.target);
    if (id) light(id);
    else if (!event.target.closest?.("#card")) unlight();
  });
}
