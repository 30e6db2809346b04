// Browsers let no selection start inside a link; of an essay's text one may want just those words.

let start = null;

function caretAt({ clientX, clientY }) {
  const position = document.caretPositionFromPoint?.(clientX, clientY);
  if (position) return [position.offsetNode, position.offset];
  const range = document.caretRangeFromPoint?.(clientX, clientY);
  return range && [range.startContainer, range.startOffset];
}

/** The mouse was pressed on a link of the text. */
export function begin(event) {
  start = caretAt(event);
}

document.addEventListener("pointermove", (event) => {
  if (!start || !(event.buttons & 1)) return;
  const end = caretAt(event);
  if (end?.[0].parentElement?.closest(".text")) getSelection().setBaseAndExtent(...start, ...end);
});
document.addEventListener("dragstart", (event) => {
  if (start) event.preventDefault();
});
for (const ending of ["pointerup", "pointercancel"]) {
  document.addEventListener(ending, () => {
    start = null;
  });
}
