// Cards: one slip of paper that shows what a link leads to, beside the link.
import { backButton, body, card, chooseSide, failure, fill, isSheet, saidBeside, showGloss } from "./card-face.js";
import { enterHistory } from "./card-history.js";
import { fetchCard } from "./fetch-card.js";
import { glossOf, light, slicesOf, unlight } from "../reading/light.js";
import { say } from "../pages/status.js";

export { card, saidBeside };
const SLOW = 250;
const WAITING = '<h2 id="card-title" class="waiting">Fetching…</h2>';
const state = { link: null, before: null, asked: 0, closing: false };

export const isOpen = () => card.matches(":popover-open");
export const openedBy = () => (isOpen() ? state.link : null);
export const pin = () => card.toggleAttribute("data-pinned", true);

export async function open(link, { pinned, notBefore = 0 } = {}) {
  const asked = ++state.asked;
  const slow = pinned && setTimeout(() => asked === state.asked && show(link, WAITING, pinned), SLOW);
  const html = await fetchCard(link.href);
  clearTimeout(slow);
  const early = notBefore - performance.now();
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  if (asked !== state.asked || !link.isConnected || (!html && !pinned)) return;
  show(link, html ?? failure(link.href), pinned);
  if (pinned) opened(link);
}

function show(link, html, pinned) {
  if (openedBy() !== link) close({ quietly: true });
  // What comes after waiting may want the other side: opened anew, it moves nothing.
  else if (card.querySelector(".waiting")) card.hidePopover();
  state.link = link;
  state.before = null;
  fill(html, false);
  card.toggleAttribute("data-pinned", Boolean(pinned));
  if (!isOpen()) card.showPopover({ source: link });
  if (pinned && isSheet()) enterHistory();
  chooseSide(link);
  link.setAttribute("aria-expanded", "true");
  if (link.dataset.marks) light(glossOf(link));
}

function opened(link) {
  if (!isSheet()) {
    say(`Opened: ${card.querySelector("#card-title")?.textContent ?? "card"}`, { heard: true });
    return;
  }
  const under = link.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
  if (under > -12) scrollBy({ top: under + 24, behavior: "instant" });
  card.focus({ preventScroll: true });
}

/** Replace the card by the one that a link inside it leads to; from there, the page. */
export async function nest(link) {
  const asked = ++state.asked;
  const before = body.innerHTML;
  const html = await fetchCard(link.href);
  if (asked !== state.asked) return;
  state.before = before;
  fill(html ?? failure(link.href), true);
  backButton.focus();
}

export const canNest = () => !state.before;

export function back() {
  fill(state.before, false);
  state.before = null;
  const stops = [...body.querySelectorAll("a, button, summary")];
  (stops.find((one) => one.checkVisibility()) ?? card).focus();
}

/** The window has another size: another side, and the gloss beside the phrase may have gone. */
export function fit() {
  if (!isOpen()) return;
  showGloss(state.before !== null);
  chooseSide(state.link);
}

export function forget() {
  state.asked += 1;
}

/** Close and wait until the sheet's entry has left the history, to go elsewhere in the page. */
export async function leave() {
  const back = history.state?.card && new Promise((done) => addEventListener("popstate", done, { once: true }));
  close();
  await back;
}

/** The browser has gone back or forth in the history. */
export function travelled({ state: entry }) {
  history.scrollRestoration = "auto";
  if (isOpen()) {
    forget();
    close({ quietly: true });
  } else if (!state.closing && entry?.y !== undefined) scrollTo({ top: entry.y, behavior: "instant" });
  state.closing = false;
}

export function close({ quietly = false, focus = false } = {}) {
  if (!quietly) forget();
  if (!isOpen()) return;
  const { link } = state;
  const hadFocus = card.contains(document.activeElement);
  card.hidePopover();
  card.removeAttribute("data-pinned");
  link.removeAttribute("aria-expanded");
  unlight();
  if (!quietly && history.state?.card) {
    state.closing = true;
    history.back();
  }
  if (focus || hadFocus) link.focus({ preventScroll: true });
}

export const ownerOf = (slice) =>
  slice.closest("a[href]") ?? slicesOf(slice.dataset.marks.split(" ")[0]).find((one) => one.matches("a"));
