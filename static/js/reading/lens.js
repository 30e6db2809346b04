// The theme lens: its passages lit, the rest dimmed, steps in reading order.
import * as cards from "../cards/cards.js";
import { say } from "../pages/status.js";
import { closedVeilOver, goTo } from "./veil.js";

const essay = document.querySelector(".essay");
const bar = document.getElementById("lens");
const lit = () => [...essay.querySelectorAll(".passage.lit")];
let at = -1;
let from = null;

function show() {
  const place = at < 0 ? `${lit().length} passages` : `${at + 1} of ${lit().length}`;
  bar.querySelector(".lens-place").textContent = closedVeilOver(lit()[at]) ? `${place}, past the spoilers` : place;
}

function follow(slug, name, link) {
  from = link;
  essay.dataset.lens = slug;
  for (const one of essay.querySelectorAll(".passage")) {
    one.classList.toggle("lit", one.dataset.themes.split(" ").includes(slug));
  }
  at = -1;
  bar.hidden = false;
  bar.querySelector(".lens-name").textContent = name;
  show();
}

function step(by) {
  const stops = lit();
  // A closed veil is the last stop: what stands behind it is not counted through.
  if (by < 0 || !closedVeilOver(stops[at])) {
    at = (at + by + stops.length + (at < 0 && by < 0 ? 1 : 0)) % stops.length;
  }
  if (by < 0) while (closedVeilOver(stops[at]) && at > 0) at -= 1;
  goTo(stops[at], { focus: false });
  show();
}

function endLens() {
  if (bar.hidden) return false;
  bar.hidden = true;
  if (bar.dataset.home) {
    location.assign(bar.dataset.home);
    return true;
  }
  delete essay.dataset.lens;
  for (const one of lit()) one.classList.remove("lit");
  say("The whole essay is shown again.");
  from?.focus({ preventScroll: true });
  return true;
}

/** Follow the theme that a card's link names, from its first passage on. */
export async function followFrom(link) {
  const name = document.getElementById("card-title").textContent;
  const opener = cards.openedBy();
  await cards.leave();
  follow(link.dataset.follow, name, opener);
  step(1);
  bar.querySelector("[data-lens-step='1']").focus();
}

document.addEventListener("click", (event) => {
  const by = event.target.closest("[data-lens-step]")?.dataset.lensStep;
  if (by) step(Number(by));
  if (event.target.closest("[data-lens-end]")) endLens();
});
document.addEventListener("close-topmost", (event) => {
  if (event.detail === "lens" && endLens()) event.preventDefault();
});

if (bar.dataset.home) follow(essay.dataset.lens, document.querySelector("h1").textContent, null);
