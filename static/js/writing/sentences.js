// The sentence cursor: s and a go from sentence to sentence, with Shift they take more or fewer.
import { act, selected } from "./select-bar.js";
import { nameOf, rangeOf, wordsAt } from "./selection.js";
import { say } from "../pages/status.js";
import { closedVeilOver, goTo } from "../reading/veil.js";

let at = null;

const sentencesOf = (passage) =>
  (passage.dataset.sentences || "").split(" ").filter(Boolean).map((span) => span.split("-").map(Number));

const all = () =>
  [...document.querySelectorAll(".passage")].flatMap((passage) =>
    sentencesOf(passage).map((span, index) => ({ passage, span, index })));

/** Where the cursor goes from if it stands nowhere: what is selected, else the passage in view. */
function start(list, current, by) {
  const words = selected();
  const passage = words?.passage ?? current;
  const place = words ? words.start : 0;
  const found = list.findIndex((one) => one.passage === passage && one.span[1] > place);
  return words && by > 0 ? found : found - (by > 0 ? 1 : 0);
}

function show(passage, [first, last], spoken) {
  const spans = sentencesOf(passage);
  const range = rangeOf(passage, spans[Math.min(first, last)][0], spans[Math.max(first, last)][1]);
  passage.tabIndex = -1;
  passage.focus({ preventScroll: true });
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 80 || bottom > innerHeight - 96) scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
  say(`${spoken}: ${range}`, { heard: true, seconds: 30 });
}

/** One sentence on or back; `current` is the passage in view. */
export function step(by, current) {
  const list = all();
  const stands = at?.passage.isConnected && !getSelection().isCollapsed;
  const from = stands
    ? list.findIndex(({ passage, index }) => passage === at.passage && index === at.head)
    : start(list, current, by);
  const next = list[Math.min(Math.max(from + by, 0), list.length - 1)];
  if (!next) return;
  if (closedVeilOver(next.passage)) return goTo(next.passage);
  at = { passage: next.passage, anchor: next.index, head: next.index };
  const count = sentencesOf(next.passage).length;
  show(next.passage, [next.index, next.index], `Sentence ${next.index + 1} of ${count}, ${nameOf(next.passage)}`);
}

/** Take one sentence more into what is selected, or one fewer, within the passage. */
export function extend(by, current) {
  if (!at?.passage.isConnected || getSelection().isCollapsed) return step(by, current);
  const last = sentencesOf(at.passage).length - 1;
  const head = at.head + by;
  if (head < 0 || head > last) return say("A note belongs to one passage.");
  at.head = head;
  const count = Math.abs(at.head - at.anchor) + 1;
  show(at.passage, [at.anchor, at.head], `${count} sentence${count > 1 ? "s" : ""}, ${nameOf(at.passage)}`);
}

/** Write on what is selected, or on the whole passage in view. */
export function write(current) {
  const words = selected();
  if (words) act("note", words);
  else if (current && !closedVeilOver(current)) act("note", { ...wordsAt(current, 0, 0), exact: "" });
}

export function mark() {
  const words = selected();
  if (words) act("highlight", words);
  else say("Select words first: s takes the next sentence.");
}
