// The keyboard: j and k go from passage to passage, ? lists the keys, Esc closes the topmost thing.
import * as cards from "./cards.js";
import { recall } from "./memory.js";
import { say } from "./status.js";
import { closedVeilOver, goTo } from "./veil.js";

const list = document.getElementById("keys");

const sentences = () => import("./sentences.js");

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
  "?": () => list.showModal(),
};

/** Asks what is fetched only when wanted to close; true if it did. */
const closed = (detail) => !document.dispatchEvent(new CustomEvent("close-topmost", { cancelable: true, detail }));

function escape() {
  if (document.querySelector("dialog[open], [popover=auto]:popover-open")) return;
  if (closed("bar")) return;
  if (cards.isOpen()) cards.close({ focus: true });
  else closed("form") || closed("lens");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return escape();
  if (event.ctrlKey || event.metaKey || event.altKey || recall("keys") === "off") return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const notYet = "nm".includes(event.key) && document.querySelector(".draft-banner");
  const act = notYet ? () => say("Notes can be written once this draft is published.") : SINGLE[event.key];
  if (act && (event.key === "?" || document.querySelector(".passages"))) {
    event.preventDefault();
    act();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-opens=keys]")) list.showModal();
  else if (event.target === list) list.close();
});
