// An essay's colour: digits and picker say the same, and the page shows how it reads.

const WAIT = 120;
const WHOLE = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i;
const waiting = new WeakMap();

function sixDigits(typed) {
  const digits = WHOLE.exec(typed.trim())?.[1].toLowerCase();
  if (!digits) return null;
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits}`;
}

/** Load a style sheet before what it colours is shown, so that nothing flashes. */
function styled(link) {
  return new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    document.head.append(link);
  });
}

function offer(place) {
  for (const button of place.querySelectorAll("[data-use]")) button.hidden = false;
}

async function show(field, colour) {
  const answer = await fetch(`${field.dataset.trialAt}?colour=${encodeURIComponent(colour)}`);
  if (!answer.ok || answer.redirected) return;
  const sent = new DOMParser().parseFromString(await answer.text(), "text/html");
  const trial = document.adoptNode(sent.querySelector("[data-verdict]"));
  const link = document.adoptNode(sent.querySelector("link"));
  await styled(link);
  if (waiting.get(field)?.colour !== colour) return link.remove();
  waiting.get(field).link?.remove();
  waiting.get(field).link = link;
  const place = field.querySelector("[data-trial]");
  place.replaceChildren(trial);
  offer(place);
  field.querySelector("[role=status]").textContent = trial.dataset.verdict;
}

function choose(field, colour) {
  const { timer, link } = waiting.get(field) ?? {};
  clearTimeout(timer);
  waiting.set(field, { colour, link, timer: setTimeout(() => show(field, colour), WAIT) });
}

function inputs(field) {
  return [field.querySelector("[type=text]"), field.querySelector("[type=color]")];
}

document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-colour-field]");
  if (!field) return;
  const [text, picker] = inputs(field);
  const colour = sixDigits(event.target.value);
  if (!colour) return;
  if (event.target === picker) text.value = colour;
  else picker.value = colour;
  choose(field, colour);
});

document.addEventListener("click", (event) => {
  const use = event.target.closest("[data-use]");
  if (!use) return;
  const [text, picker] = inputs(use.closest("[data-colour-field]"));
  text.value = picker.value = use.dataset.use;
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});

offer(document);
