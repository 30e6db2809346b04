// Rows dragged by their handles, with a mouse, a pen or a finger.

const EDGE = 60;

/** Let rows be dragged; `drop` is called with a row and its new number, which counts from 1. */
export function dragRows(rows, drop) {
  let dragged = null;

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest?.(".handle");
    if (!handle || event.button !== 0) return;
    const row = handle.closest(".row");
    handle.setPointerCapture(event.pointerId);
    dragged = { row, handle, from: row.dataset.number, next: row.nextSibling };
    row.classList.add("dragged");
  });

  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const { row } = dragged;
    const over = rows().find((other) => {
      const { top, bottom } = other.getBoundingClientRect();
      return other !== row && event.clientY >= top && event.clientY < bottom;
    });
    if (event.clientY < EDGE) scrollBy(0, -12);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, 12);
    if (!over) return;
    const { top, height } = over.getBoundingClientRect();
    const below = event.clientY > top + height / 2;
    if (below && over.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_PRECEDING) over.after(row);
    else if (!below && over.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING) over.before(row);
  });

  function end(event) {
    if (!dragged) return;
    const { row, from, next } = dragged;
    dragged = null;
    row.classList.remove("dragged");
    const number = rows().indexOf(row) + 1;
    if (event.type === "pointerup" && String(number) !== from) drop(row, number);
    else row.parentNode.insertBefore(row, next);
  }

  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
  document.addEventListener("keydown", (event) => event.key === "Escape" && end(event));
}
