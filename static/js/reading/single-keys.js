// Single letters: j and k go from passage to passage, s and a from sentence to sentence.
import { announce } from "../pages/status.js";
import { closedVeilOver, goTo } from "./veil.js";

const sentences = () => import("../writing/sentences.js");
const allPassages = () => [...document.querySelectorAll(".passage")];

/** The index of the passage at the top, or of the one with focus where the page cannot scroll it up there. */
function currentIndex(passages) {
  const line = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8;
  const atTop = passages.findLastIndex((passage) => passage.getBoundingClientRect().top <= line);
  const focused = document.activeElement.closest(".passage, .passages > .veil");
  const { top, bottom } = (focused ?? document.body).getBoundingClientRect();
  if (!focused || bottom < 0 || top > innerHeight) return atTop;
  return Math.max(atTop, focused.matches(".veil") ? passages.findIndex(closedVeilOver) : passages.indexOf(focused));
}

function currentPassage() {
  const passages = allPassages();
  const margin = document.activeElement.closest(".margin");
  return document.getElementById(margin?.dataset.margin) ?? passages[Math.max(0, currentIndex(passages))];
}

function step(by) {
  const passages = allPassages();
  let index = currentIndex(passages);
  if (passages[index] && closedVeilOver(passages[index])) {
    if (by > 0) return;
    index = passages.findIndex(closedVeilOver);
  }
  const next = passages[Math.min(Math.max(index + by, 0), passages.length - 1)];
  if (next) goTo(next);
}

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  s: () => sentences().then(({ step }) => step(1, currentPassage())),
  a: () => sentences().then(({ step }) => step(-1, currentPassage())),
  S: () => sentences().then(({ extend }) => extend(1, currentPassage())),
  A: () => sentences().then(({ extend }) => extend(-1, currentPassage())),
  n: () => sentences().then(({ write }) => write(currentPassage())),
  m: () => sentences().then(({ highlightSelection }) => highlightSelection()),
};

export function act(key) {
  const writes = "nm".includes(key);
  if (writes && document.querySelector(".draft-banner")) announce("Notes can be written once this draft is published.");
  else ACTIONS[key]();
}
