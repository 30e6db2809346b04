// The spoiler veil: lifted for a film on this device, or for this visit; links stop at it.
import { recallSet, rememberSet } from "../pages/memory.js";

let destination = null;

/** Open the veils of the films that were lifted before. */
export function prepare(root) {
  const lifted = new Set([...recallSet("seen"), ...recallSet("open", "sessionStorage")]);
  for (const details of root.querySelectorAll("details[data-work]")) {
    if (lifted.has(details.dataset.work)) details.open = true;
  }
}

/** The closed veil that hides an element, if one does. */
export function closedVeilOver(element) {
  const hidden = element?.closest(".veiled");
  let veil = hidden?.previousElementSibling;
  while (veil && !veil.matches(".veil")) veil = veil.previousElementSibling;
  return veil?.querySelector("details:not([open])") ? veil : null;
}

function leadsTo(element) {
  const number = element.closest(".passage")?.querySelector(".number")?.firstChild?.nextSibling;
  return number ? `to passage ${number.textContent.trim()}, past the spoilers` : "past the spoilers";
}

/** The element that a fragment such as “#fresh” names, if it names one. */
export function named(fragment) {
  try {
    return document.getElementById(decodeURIComponent(fragment.slice(1)));
  } catch {
    return null;
  }
}

/** Go to an element of this page, or to the veil before it, which says where the link leads. */
export function goTo(element, { focus = true } = {}) {
  const veil = closedVeilOver(element);
  if (!veil) {
    element.scrollIntoView();
    if (!focus) return;
    if (!element.matches("a, button, [tabindex]")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
    return;
  }
  destination = element;
  let line = veil.querySelector(".leads-to");
  if (!line) {
    line = document.createElement("p");
    line.className = "leads-to";
    line.setAttribute("role", "status");
    veil.append(line);
  }
  line.textContent = `The link you followed leads ${leadsTo(element)}.`;
  veil.scrollIntoView({ block: "center" });
  if (!focus) return;
  // The veil itself, not its button: the next Enter shall not lift it unasked.
  veil.tabIndex = -1;
  veil.focus({ preventScroll: true });
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

/** Where an open veil no longer shows what was pressed, focus goes to what it has uncovered. */
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

function arrive() {
  const element = named(location.hash);
  if (element && closedVeilOver(element)) goTo(element);
}

addEventListener("hashchange", arrive);
prepare(document);
// The browser looks for the fragment once more when all has loaded, and would take focus along.
if (document.readyState === "complete") arrive();
else addEventListener("load", () => requestAnimationFrame(arrive));
