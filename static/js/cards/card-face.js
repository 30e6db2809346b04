// What a card shows, and on which side of its phrase it stands.
import { createElement } from "../pages/create-element.js";
import { announce } from "../pages/status.js";
import { annotationOf, marginElement } from "../reading/highlight.js";
import { openLiftedVeils } from "../reading/veil.js";

export const card = document.getElementById("card");
export const body = document.getElementById("card-body");
export const backButton = card.querySelector("[data-card-back]");
const sheet = matchMedia("(max-width: 40rem), (hover: none) and (pointer: coarse)");

export const isSheet = () => sheet.matches || !CSS.supports("position-area", "block-end");

function isInView(node) {
  if (!node?.checkVisibility?.()) return false;
  const { top, bottom } = node.getBoundingClientRect();
  return bottom > top && top >= 0 && bottom <= innerHeight;
}

/** The margin element that already shows all that the card of this link would; null if none is in view. */
export function visibleInMargin(link) {
  const inMargin = link.matches(".text .plain, .text .note[href*='/notes/']") && marginElement(annotationOf(link));
  return inMargin && isInView(inMargin) ? inMargin : null;
}

/** Show the HTML of a card; a `nested` card has a button back to the one before. */
export function fill(html, nested) {
  body.innerHTML = html;
  openLiftedVeils(body);
  card.scrollTop = 0;
  backButton.hidden = !nested;
  updateGloss(nested);
}

/** Hide the gloss in the card while it is in view in the margin. */
export function updateGloss(nested) {
  const id = body.querySelector(".card-gloss")?.dataset.gloss;
  card.toggleAttribute("data-gloss-shown", Boolean(id) && !nested && isInView(marginElement(id)));
}

/** The HTML of a card that could not be fetched. */
export function failure(href) {
  const link = createElement("a", { href, textContent: "Open it as a page" });
  const message = createElement("p", { className: "card-failed" }, "This could not be fetched just now. ", link, ".");
  return `<h2 id="card-title" class="sr">Not fetched</h2>${message.outerHTML}`;
}

/** Below the phrase, unless the card fits only above it or has more room there. */
export function chooseSide(link) {
  const { top, bottom } = link.getBoundingClientRect();
  const below = innerHeight - bottom;
  card.toggleAttribute("data-above", card.scrollHeight + 16 > below && top > below);
}

/** Tell screen readers about a card; focus a sheet, and scroll its phrase up if the sheet covers it. */
export function announceOpened(link) {
  if (!isSheet()) {
    announce(`Opened: ${card.querySelector("#card-title")?.textContent ?? "card"}`, { unseen: true });
    return;
  }
  const covered = link.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
  if (covered > -12) scrollBy({ top: covered + 24, behavior: "instant" });
  card.focus({ preventScroll: true });
}
