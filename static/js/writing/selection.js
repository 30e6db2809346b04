// Words of a passage, found in a selection and as a range. Offsets count code points of the text.

const CONTEXT = 32;

const textOf = (node) => (node instanceof Element ? node : node?.parentElement)?.closest(".passage [data-text]");

/** How many code points of `root` stand before a place that may lie outside it. */
export function offsetOf(root, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(root);
  const side = before.comparePoint(node, offset);
  if (side < 0) return 0;
  if (side === 0) before.setEnd(node, offset);
  return [...before.toString()].length;
}

/** The words of passage element `passage` from `start` to `end`, as the server wants to know them. */
export function wordsAt(passage, start, end) {
  const text = [...passage.querySelector("[data-text]").textContent];
  while (start < end && !text[start].trim()) start += 1;
  while (start < end && !text[end - 1].trim()) end -= 1;
  return {
    passage,
    start,
    end,
    exact: text.slice(start, end).join(""),
    prefix: text.slice(Math.max(0, start - CONTEXT), start).join(""),
    suffix: text.slice(end, end + CONTEXT).join(""),
  };
}

/** What is selected of the passage where the selection began; `across` if it reaches into others. */
export function selectedWords(selection = getSelection()) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const at = selection.getRangeAt(0);
  const parts = [...document.querySelectorAll(".passage [data-text]")]
    .filter((root) => at.intersectsNode(root) && root.checkVisibility())
    .map((root) => {
      const start = offsetOf(root, at.startContainer, at.startOffset);
      return wordsAt(root.closest(".passage"), start, offsetOf(root, at.endContainer, at.endOffset));
    })
    .filter((words) => words.exact);
  const begun = textOf(selection.anchorNode)?.closest(".passage");
  const words = parts.find(({ passage }) => passage === begun) ?? parts[0];
  return words ? { ...words, across: parts.length > 1 } : null;
}

/** The range of a passage's text from `start` to `end`; null if it is shorter than that. */
export function rangeOf(passage, start, end) {
  const walker = document.createTreeWalker(passage.querySelector("[data-text]"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let before = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const points = [...node.data];
    const unitsTo = (place) => points.slice(0, place - before).join("").length;
    if (!begun && start < before + points.length) {
      range.setStart(node, unitsTo(start));
      begun = true;
    }
    if (begun && end <= before + points.length) {
      range.setEnd(node, unitsTo(end));
      return range;
    }
    before += points.length;
  }
  return null;
}

/** The number that a passage bears, as a word for sentences. */
export function nameOf(passage) {
  return `passage ${passage.querySelector(".number").childNodes[1].textContent.trim()}`;
}
