// The spoiler veil: lifted for one film, on this device or for this visit. Links stop at a closed veil.
import { createElement } from "../pages/create-element.js";
import { recallSet, rememberSet } from "../pages/memory.js";
import { focusOn, numberOf } from "./passages.js";

/** The element behind a closed veil that a link leads to: the page goes there once the veil is lifted. */
let destination = null;

/** Open the veils of the films that were lifted before. */
export function openLiftedVeils(root) {
  const lifted = new Set([...recallSet("seen"), ...recallSet("open", "sessionStorage")]);
  for (const details of root.querySelectorAll("details[data-work]")) {
    if (lifted.has(details.dataset.work)) details.open = true;
  }
}

/** The closed veil that hides an element, or null. */
export function closedVeilOver(element) {
  const hidden = element?.closest(".veiled");
  let veil = hidden?.previousElementSibling;
  while (veil && !veil.matches(".veil")) veil = veil.previousElementSibling;
  return veil?.querySelector("details:not([open])") ? veil : null;
}

function describe(element) {
  const passage = element.closest(".passage");
  return passage ? `to passage ${numberOf(passage)}, past the spoilers` : "past the spoilers";
}

/** The element that a fragment such as “#fresh” names, or null. */
export function elementAt(fragment) {
  try {
    return document.getElementById(decodeURIComponent(fragment.slice(1)));
  } catch {
    return null;
  }
}

/** Go to an element of this page, or to the closed veil before it, which then says where the link leads. */
export function goTo(element, { focus = true } = {}) {
  const veil = closedVeilOver(element);
  if (!veil) {
    element.scrollIntoView();
    if (focus) focusOn(element);
    return;
  }
  destination = element;
  let line = veil.querySelector(".leads-to");
  if (!line) {
    line = createElement("p", { className: "leads-to", role: "status" });
    veil.append(line);
  }
  line.textContent = `The link you followed leads ${describe(element)}.`;
  veil.scrollIntoView({ block: "center" });
  // The veil itself, not its button: otherwise the next Enter would lift it.
  if (focus) focusOn(veil);
}

function setAll(work, open) {
  for (const details of document.querySelectorAll("details[data-work]")) {
    if (details.dataset.work === work) details.open = open;
  }
}

function lift(work, key, store) {
  rememberSet(key, recallSet(key, store).add(work), store);
  setAll(work, true);
  if (destination && !closedVeilOver(destination)) {
    const element = destination;
    destination = null;
    requestAnimationFrame(() => goTo(element));
  }
}

function lower(work) {
  for (const [key, store] of [["seen", "localStorage"], ["open", "sessionStorage"]]) {
    const works = recallSet(key, store);
    works.delete(work);
    rememberSet(key, works, store);
  }
  setAll(work, false);
}

/** If an open veil hides the button that was pressed, move focus to the first visible stop. */
function keepFocus(pressed, veil) {
  if (pressed.checkVisibility()) return;
  const stops = [veil.querySelector("summary"), ...veil.parentElement.querySelectorAll(".veiled a")];
  stops.find((one) => one.checkVisibility())?.focus();
}

document.addEventListener("click", (event) => {
  const seen = event.target.closest("[data-seen]");
  const summary = event.target.closest("details[data-work] > summary");
  if (seen) {
    const veil = seen.closest(".veil");
    lift(seen.dataset.seen, "seen", "localStorage");
    keepFocus(seen, veil);
  } else if (summary) {
    event.preventDefault();
    const details = summary.parentElement;
    if (details.open) lower(details.dataset.work);
    else lift(details.dataset.work, "open", "sessionStorage");
    keepFocus(summary, details.closest(".veil"));
  }
});

function goToFragment() {
  const element = elementAt(location.hash);
  if (element && closedVeilOver(element)) goTo(element);
}

addEventListener("hashchange", goToFragment);
openLiftedVeils(document);
// On load the browser scrolls to the fragment again and moves focus: wait until it has done so.
if (document.readyState === "complete") goToFragment();
else addEventListener("load", () => requestAnimationFrame(goToFragment));
