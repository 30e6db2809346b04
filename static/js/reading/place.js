// The passage that was read last: remembered on this device, and offered on the next visit.
import { createElement } from "../pages/create-element.js";
import { recall, remember } from "../pages/memory.js";
import { showToast } from "../pages/status.js";

const slug = document.body.dataset.essay;
const passages = () => [...document.querySelectorAll(".reading .essay:not([data-lens]) .passage")];
const bar = document.querySelector(".reading-bar");
const field = document.querySelector(".title-field");
const DEBOUNCE_MS = 500;

/** The index of the passage at the reading line, in the upper third of the screen; -1 above the first. */
function currentIndex() {
  const line = innerHeight * 0.3;
  return passages().findLastIndex((passage) => passage.offsetHeight && passage.getBoundingClientRect().top <= line);
}

function save() {
  const index = currentIndex();
  if (scrollY > 0 && index >= 0) remember(`place-${slug}`, index > 0 ? passages()[index].id : "");
}

function offer() {
  const passage = document.getElementById(recall(`place-${slug}`));
  const index = passages().indexOf(passage);
  if (index < 1 || location.hash || scrollY > 100) return;
  const toast = showToast(`You were at passage ${index + 1}.`, [
    createElement("a", { href: `#${passage.id}`, textContent: "Go there" }),
    createElement("button", { type: "button", textContent: "Dismiss" }),
  ]);
  addEventListener("scroll", () => scrollY > innerHeight && toast.remove(), { passive: true });
}

if (slug && passages().length) {
  offer();
  let timer = 0;
  addEventListener("scroll", () => {
    timer ||= setTimeout(() => {
      timer = 0;
      save();
    }, DEBOUNCE_MS);
  }, { passive: true });
  addEventListener("pagehide", save);
}

if (bar && field) {
  new IntersectionObserver(([entry]) => {
    const isPast = !entry.isIntersecting && entry.boundingClientRect.top < 0;
    document.documentElement.classList.toggle("past-title", isPast);
    bar.inert = !isPast;
  }).observe(field);
}
