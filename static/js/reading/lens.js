// The theme lens: passages of a theme are marked, the rest is dimmed, and one steps from one to the next.
import * as cards from "../cards/cards.js";
import { announce } from "../pages/status.js";
import { closedVeilOver, goTo } from "./veil.js";

const essay = document.querySelector(".essay");
const bar = document.getElementById("lens");
const marked = () => [...essay.querySelectorAll(".passage.lit")];
let index = -1;
let opener = null;

function updateBar() {
  const passages = marked();
  const place = index < 0 ? `${passages.length} passages` : `${index + 1} of ${passages.length}`;
  const isVeiled = closedVeilOver(passages[index]);
  bar.querySelector(".lens-place").textContent = isVeiled ? `${place}, past the spoilers` : place;
}

function start(slug, name, link) {
  opener = link;
  essay.dataset.lens = slug;
  for (const passage of essay.querySelectorAll(".passage")) {
    passage.classList.toggle("lit", passage.dataset.themes.split(" ").includes(slug));
  }
  index = -1;
  bar.hidden = false;
  bar.querySelector(".lens-name").textContent = name;
  updateBar();
}

function step(by) {
  const passages = marked();
  // A closed veil is the last stop: the passages behind it are not stepped through.
  if (by < 0 || !closedVeilOver(passages[index])) {
    index = (index + by + passages.length + (index < 0 && by < 0 ? 1 : 0)) % passages.length;
  }
  if (by < 0) while (closedVeilOver(passages[index]) && index > 0) index -= 1;
  goTo(passages[index], { focus: false });
  updateBar();
}

/** End the lens; false if there was none. On a theme's own reading page, leave for the essay. */
function end() {
  if (bar.hidden) return false;
  bar.hidden = true;
  if (bar.dataset.home) {
    location.assign(bar.dataset.home);
    return true;
  }
  delete essay.dataset.lens;
  for (const passage of marked()) passage.classList.remove("lit");
  announce("The whole essay is shown again.");
  opener?.focus({ preventScroll: true });
  return true;
}

/** Start the lens with the theme that a card's link names, at its first passage. */
export async function followLink(link) {
  const name = document.getElementById("card-title").textContent;
  const openedBy = cards.openedBy();
  await cards.leave();
  start(link.dataset.follow, name, openedBy);
  step(1);
  bar.querySelector("[data-lens-step='1']").focus();
}

document.addEventListener("click", (event) => {
  const by = event.target.closest("[data-lens-step]")?.dataset.lensStep;
  if (by) step(Number(by));
  if (event.target.closest("[data-lens-end]")) end();
});
document.addEventListener("close-topmost", (event) => {
  if (event.detail === "lens" && end()) event.preventDefault();
});

if (bar.dataset.home) start(essay.dataset.lens, document.querySelector("h1").textContent, null);
