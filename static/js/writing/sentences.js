// The sentence cursor: s and a select the next or previous sentence; with Shift they extend or shorten.
import { announce } from "../pages/status.js";
import { focusOn, numberOf } from "../reading/passages.js";
import { closedVeilOver, goTo } from "../reading/veil.js";
import { act, selected } from "./select-bar.js";
import { rangeOf, wordsAt } from "./selection.js";

/** Where the cursor is: a passage, and the sentences in it where the selection began and ends. */
let cursor = null;

const nameOf = (passage) => `passage ${numberOf(passage)}`;

/** The start and end of each sentence of a passage, in code points. */
const sentencesOf = (passage) =>
  (passage.dataset.sentences || "").split(" ").filter(Boolean).map((span) => span.split("-").map(Number));

const allSentences = () =>
  [...document.querySelectorAll(".passage")].flatMap((passage) =>
    sentencesOf(passage).map((span, index) => ({ passage, span, index })));

/** The sentence to start from without a cursor: at the selection, else in `current`, the passage in view. */
function startIndex(sentences, current, by) {
  const words = selected();
  const passage = words?.passage ?? current;
  const start = words ? words.start : 0;
  const index = sentences.findIndex((sentence) => sentence.passage === passage && sentence.span[1] > start);
  return words && by > 0 ? index : index - (by > 0 ? 1 : 0);
}

function select(passage, [first, last], description) {
  const spans = sentencesOf(passage);
  const range = rangeOf(passage, spans[Math.min(first, last)][0], spans[Math.max(first, last)][1]);
  focusOn(passage);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 80 || bottom > innerHeight - 96) scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
  announce(`${description}: ${range}`, { unseen: true, seconds: 30 });
}

/** Select the next sentence (`by` 1) or the previous one (-1); `current` is the passage in view. */
export function step(by, current) {
  const sentences = allSentences();
  const continues = cursor?.passage.isConnected && !getSelection().isCollapsed;
  const from = continues
    ? sentences.findIndex(({ passage, index }) => passage === cursor.passage && index === cursor.head)
    : startIndex(sentences, current, by);
  const next = sentences[Math.min(Math.max(from + by, 0), sentences.length - 1)];
  if (!next) return;
  if (closedVeilOver(next.passage)) return goTo(next.passage);
  cursor = { passage: next.passage, anchor: next.index, head: next.index };
  const count = sentencesOf(next.passage).length;
  select(next.passage, [next.index, next.index], `Sentence ${next.index + 1} of ${count}, ${nameOf(next.passage)}`);
}

/** Move the end of the selection by one sentence, within the passage. */
export function extend(by, current) {
  if (!cursor?.passage.isConnected || getSelection().isCollapsed) return step(by, current);
  const last = sentencesOf(cursor.passage).length - 1;
  const head = cursor.head + by;
  if (head < 0 || head > last) return announce("A note belongs to one passage.");
  cursor.head = head;
  const count = Math.abs(cursor.head - cursor.anchor) + 1;
  const description = `${count} sentence${count > 1 ? "s" : ""}, ${nameOf(cursor.passage)}`;
  select(cursor.passage, [cursor.anchor, cursor.head], description);
}

/** Open the form for the selected words, or for the whole passage in view. */
export function write(current) {
  const words = selected();
  if (words) act("note", words);
  else if (current && !closedVeilOver(current)) act("note", { ...wordsAt(current, 0, 0), exact: "" });
}

export function highlightSelection() {
  const words = selected();
  if (words) act("highlight", words);
  else announce("Select words first: s takes the next sentence.");
}
