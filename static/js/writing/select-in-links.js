// Browsers do not start a selection inside a link: here a mouse can select words of a linked phrase.

let start = null;

function caretAt({ clientX, clientY }) {
  const position = document.caretPositionFromPoint?.(clientX, clientY);
  if (position) return [position.offsetNode, position.offset];
  const range = document.caretRangeFromPoint?.(clientX, clientY);
  return range && [range.startContainer, range.startOffset];
}

/** Start a selection where the mouse was pressed, unless it was released while this module was loading. */
export function begin(event) {
  if (event.target.matches(":active")) start = caretAt(event);
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
