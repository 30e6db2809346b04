// Single letters: j and k go from passage to passage, s and a from sentence to sentence.
import { say } from "../pages/status.js";
import { closedVeilOver, goTo } from "./veil.js";

const sentences = () => import("../writing/sentences.js");

/** The passage at the top, or the one with focus where the page cannot scroll it up there. */
function current(passages) {
  const line = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8;
  const atTop = passages.findLastIndex((one) => one.getBoundingClientRect().top <= line);
  const held = document.activeElement.closest(".passage, .passages > .veil");
  const { top, bottom } = (held ?? document.body).getBoundingClientRect();
  if (!held || bottom < 0 || top > innerHeight) return atTop;
  return Math.max(atTop, held.matches(".veil") ? passages.findIndex(closedVeilOver) : passages.indexOf(held));
}

const inView = () => {
  const passages = [...document.querySelectorAll(".passage")];
  const margin = document.activeElement.closest(".margin");
  return document.getElementById(margin?.dataset.margin) ?? passages[Math.max(0, current(passages))];
};

function step(by) {
  const passages = [...document.querySelectorAll(".passage")];
  const at = current(passages);
  const veiled = passages[at] && closedVeilOver(passages[at]);
  if (veiled && by > 0) return;
  const next = passages[Math.min(Math.max((veiled ? passages.findIndex(closedVeilOver) : at) + by, 0), passages.length - 1)];
  if (next) goTo(next);
}

const SINGLE = {
  j: () => step(1),
  k: () => step(-1),
  s: () => sentences().then((one) => one.step(1, inView())),
  a: () => sentences().then((one) => one.step(-1, inView())),
  S: () => sentences().then((one) => one.extend(1, inView())),
  A: () => sentences().then((one) => one.extend(-1, inView())),
  n: () => sentences().then((one) => one.write(inView())),
  m: () => sentences().then((one) => one.mark()),
};

export function act(key) {
  if ("nm".includes(key) && document.querySelector(".draft-banner")) say("Notes can be written once this draft is published.");
  else SINGLE[key]();
}
