// The colour of an essay: its digits and the picker follow each other, and a sample shows how it reads.
import { addStylesheet } from "../pages/stylesheet.js";

const DEBOUNCE_MS = 120;
const COLOUR = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i;
/** For each field the colour that is wanted, the timer of its request, and the style sheet of its sample. */
const states = new WeakMap();

function sixDigits(typed) {
  const digits = COLOUR.exec(typed.trim())?.[1].toLowerCase();
  if (!digits) return null;
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits}`;
}

function showButtons(root) {
  for (const button of root.querySelectorAll("[data-use]")) button.hidden = false;
}

/** Fetch the sample. Not by htmx: its style sheet is loaded before it is shown, so that nothing flashes. */
async function showSample(field, colour) {
  const response = await fetch(`${field.dataset.trialAt}?colour=${encodeURIComponent(colour)}`);
  if (!response.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const sample = document.adoptNode(page.querySelector("[data-verdict]"));
  const link = document.adoptNode(page.querySelector("link"));
  await addStylesheet(link);
  const state = states.get(field);
  if (state.colour !== colour) return link.remove();
  state.link?.remove();
  state.link = link;
  field.querySelector("[data-trial]").replaceChildren(sample);
  showButtons(sample);
  field.querySelector("[role=status]").textContent = sample.dataset.verdict;
}

function showSampleSoon(field, colour) {
  const { timer, link } = states.get(field) ?? {};
  clearTimeout(timer);
  states.set(field, { colour, link, timer: setTimeout(showSample, DEBOUNCE_MS, field, colour) });
}

const inputsOf = (field) => [field.querySelector("[type=text]"), field.querySelector("[type=color]")];

document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-colour-field]");
  if (!field) return;
  const [text, picker] = inputsOf(field);
  const colour = sixDigits(event.target.value);
  if (!colour) return;
  if (event.target === picker) text.value = colour;
  else picker.value = colour;
  showSampleSoon(field, colour);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-use]");
  if (!button) return;
  const [text, picker] = inputsOf(button.closest("[data-colour-field]"));
  text.value = picker.value = button.dataset.use;
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});

showButtons(document);
