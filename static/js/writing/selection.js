// The words of a passage as a selection and as a range. Offsets count Unicode code points of its text.

const CONTEXT_LENGTH = 32;

const textOf = (node) => (node instanceof Element ? node : node?.parentElement)?.closest(".passage [data-text]");

/** The number of code points of `root` before a position, which may be outside of it. */
function offsetOf(root, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(root);
  const side = before.comparePoint(node, offset);
  if (side < 0) return 0;
  if (side === 0) before.setEnd(node, offset);
  return [...before.toString()].length;
}

/** The words of a passage from `start` to `end`, without spaces around them, as the form's address names them. */
export function wordsAt(passage, start, end) {
  const text = [...passage.querySelector("[data-text]").textContent];
  while (start < end && !text[start].trim()) start += 1;
  while (start < end && !text[end - 1].trim()) end -= 1;
  return {
    passage,
    start,
    end,
    exact: text.slice(start, end).join(""),
    prefix: text.slice(Math.max(0, start - CONTEXT_LENGTH), start).join(""),
    suffix: text.slice(end, end + CONTEXT_LENGTH).join(""),
  };
}

/** The selected words of the passage where the selection began; `across` is true if it reaches into others. */
export function selectedWords(selection = getSelection()) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const parts = [...document.querySelectorAll(".passage [data-text]")]
    .filter((root) => range.intersectsNode(root) && root.checkVisibility())
    .map((root) => {
      const start = offsetOf(root, range.startContainer, range.startOffset);
      return wordsAt(root.closest(".passage"), start, offsetOf(root, range.endContainer, range.endOffset));
    })
    .filter((words) => words.exact);
  const first = textOf(selection.anchorNode)?.closest(".passage");
  const words = parts.find(({ passage }) => passage === first) ?? parts[0];
  return words ? { ...words, across: parts.length > 1 } : null;
}

/** The range of a passage's text from `start` to `end`; null if the text is shorter. */
export function rangeOf(passage, start, end) {
  const walker = document.createTreeWalker(passage.querySelector("[data-text]"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let before = 0;
  let isStarted = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const points = [...node.data];
    const unitsTo = (offset) => points.slice(0, offset - before).join("").length;
    if (!isStarted && start < before + points.length) {
      range.setStart(node, unitsTo(start));
      isStarted = true;
    }
    if (isStarted && end <= before + points.length) {
      range.setEnd(node, unitsTo(end));
      return range;
    }
    before += points.length;
  }
  return null;
}
