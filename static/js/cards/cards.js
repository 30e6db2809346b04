// The card: one popover beside a link that shows what the link leads to; on a phone, a sheet.
import { annotationOf, highlight, removeHighlight } from "../reading/highlight.js";
import {
  announceOpened, backButton, body, card, chooseSide, failure, fill, isSheet, updateGloss, visibleInMargin,
} from "./card-face.js";
import { enterHistory } from "./card-history.js";
import { fetchCard } from "./fetch-card.js";

export { card, visibleInMargin };
const SHOW_WAITING_AFTER = 250;
const WAITING = '<h2 id="card-title" class="waiting">Fetching…</h2>';
/** `outer` is the HTML of the card that a nested one has replaced; `request` counts what was asked for. */
const state = { link: null, outer: null, request: 0, closing: false };

export const isOpen = () => card.matches(":popover-open");
export const openedBy = () => (isOpen() ? state.link : null);
export const pin = () => card.toggleAttribute("data-pinned", true);

/** Open the card of a link; not before the time `notBefore`, and not at all if another is asked for meanwhile. */
export async function open(link, { pinned, notBefore = 0 } = {}) {
  const request = ++state.request;
  const showWaiting = () => request === state.request && show(link, WAITING, pinned);
  const slow = pinned && setTimeout(showWaiting, SHOW_WAITING_AFTER);
  const html = await fetchCard(link.href);
  clearTimeout(slow);
  const early = notBefore - performance.now();
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  if (request !== state.request || !link.isConnected || (!html && !pinned)) return;
  show(link, html ?? failure(link.href), pinned);
  if (pinned) announceOpened(link);
}

function show(link, html, pinned) {
  if (openedBy() !== link) close({ quietly: true });
  // The card may need the other side than the waiting one: it is opened anew, so that it does not jump.
  else if (card.querySelector(".waiting")) card.hidePopover();
  state.link = link;
  state.outer = null;
  fill(html, false);
  card.toggleAttribute("data-pinned", Boolean(pinned));
  if (!isOpen()) card.showPopover({ source: link });
  if (pinned && isSheet()) enterHistory();
  chooseSide(link);
  link.setAttribute("aria-expanded", "true");
  if (link.dataset.marks) highlight(annotationOf(link));
}

/** Replace the card by the one that a link inside it leads to. Links inside that one lead to pages. */
export async function nest(link) {
  const request = ++state.request;
  const outer = body.innerHTML;
  const html = await fetchCard(link.href);
  if (request !== state.request) return;
  state.outer = outer;
  fill(html ?? failure(link.href), true);
  backButton.focus();
}

export const canNest = () => !state.outer;

/** Go back from a nested card. */
export function back() {
  fill(state.outer, false);
  state.outer = null;
  const stops = [...body.querySelectorAll("a, button, summary")];
  (stops.find((stop) => stop.checkVisibility()) ?? card).focus();
}

/** Fit the card to a window of another size. */
export function fit() {
  if (!isOpen()) return;
  updateGloss(state.outer !== null);
  chooseSide(state.link);
}

/** Drop a request that is under way: its card does not open. */
export function dropRequest() {
  state.request += 1;
}

/** Close, and wait until the sheet's entry has left the history; then one may go elsewhere in the page. */
export async function leave() {
  const back = history.state?.card && new Promise((done) => addEventListener("popstate", done, { once: true }));
  close();
  await back;
}

/** Handle a move in the history. */
export function onPopState({ state: entry }) {
  history.scrollRestoration = "auto";
  if (isOpen()) {
    dropRequest();
    close({ quietly: true });
  } else if (!state.closing && entry?.y !== undefined) scrollTo({ top: entry.y, behavior: "instant" });
  state.closing = false;
}

/** Close the card; `quietly` leaves the history and a request that is under way alone. */
export function close({ quietly = false, focus = false } = {}) {
  if (!quietly) dropRequest();
  if (!isOpen()) return;
  const { link } = state;
  const hadFocus = card.contains(document.activeElement);
  card.hidePopover();
  card.removeAttribute("data-pinned");
  link.removeAttribute("aria-expanded");
  removeHighlight();
  if (!quietly && history.state?.card) {
    state.closing = true;
    history.back();
  }
  if (focus || hadFocus) link.focus({ preventScroll: true });
}
