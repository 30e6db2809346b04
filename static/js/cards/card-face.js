// What a card shows, and on which side of its phrase.
import { glossElement, glossOf } from "../reading/light.js";
import { prepare } from "../reading/veil.js";

export const card = document.getElementById("card");
export const body = document.getElementById("card-body");
export const backButton = card.querySelector("[data-card-back]");
const sheet = matchMedia("(max-width: 40rem), (hover: none) and (pointer: coarse)");

export const isSheet = () => sheet.matches || !CSS.supports("position-area", "block-end");

function inView(element) {
  if (!element?.checkVisibility?.()) return false;
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > top && top >= 0 && bottom <= innerHeight;
}

/** The gloss element that already says all that the card of this link would, if one is in view. */
export function saidBeside(link) {
  const gloss = link.matches(".text .plain, .text .note[href*='/notes/']") && glossElement(glossOf(link));
  return gloss && inView(gloss) ? gloss : null;
}

/** Show the HTML of a card; `nested` says that there is one to go back to. */
export function fill(html, nested) {
  body.innerHTML = html;
  prepare(body);
  card.scrollTop = 0;
  backButton.hidden = !nested;
  showGloss(nested);
}

/** Leave the gloss out of the card while it stands in view beside its phrase. */
export function showGloss(nested) {
  const id = body.querySelector(".card-gloss")?.dataset.gloss;
  card.toggleAttribute("data-gloss-shown", Boolean(id) && !nested && inView(glossElement(id)));
}

export function failure(url) {
  const line = document.createElement("p");
  line.className = "card-failed";
  const link = document.createElement("a");
  link.href = url;
  link.textContent = "Open it as a page";
  line.append("This could not be fetched just now. ", link, ".");
  return `<h2 id="card-title" class="sr">Not fetched</h2>${line.outerHTML}`;
}

/** Below the phrase, unless it fits only above or has more room there. */
export function chooseSide(link) {
  const { top, bottom } = link.getBoundingClientRect();
  const below = innerHeight - bottom;
  card.toggleAttribute("data-above", card.scrollHeight + 16 > below && top > below);
}
