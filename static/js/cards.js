// Cards: one slip of paper that shows what a link leads to, beside the link.
import { fetchCard } from "./fetch-card.js";
import { glossElement, glossOf, light, slicesOf, unlight } from "./light.js";
import { prepare } from "./veil.js";
import { say } from "./status.js";

export const card = document.getElementById("card");
const body = document.getElementById("card-body");
const backButton = card.querySelector("[data-card-back]");
const sheet = matchMedia("(max-width: 40rem), (hover: none) and (pointer: coarse)");
const state = { link: null, url: "", before: null, asked: 0 };

export const isOpen = () => card.matches(":popover-open");
export const openedBy = () => (isOpen() ? state.link : null);
export const isSheet = () => sheet.matches || !CSS.supports("position-area", "block-end");
export const pin = () => card.toggleAttribute("data-pinned", true);

function inView(element) {
  if (!element?.checkVisibility?.()) return false;
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > top && top >= 0 && bottom <= innerHeight;
}

/** The gloss element that already says all that the card of this link would, if one is in view. */
export function saidBeside(link) {
  const gloss = link.matches(".text .plain") && glossElement(glossOf(link));
  return gloss && inView(gloss) ? gloss : null;
}

function fill(html, url) {
  body.innerHTML = html;
  state.url = url;
  prepare(body);
  card.scrollTop = 0;
  backButton.hidden = !state.before;
  const id = body.querySelector(".card-gloss")?.dataset.gloss;
  card.toggleAttribute("data-gloss-shown", Boolean(id) && !state.before && inView(glossElement(id)));
}

function failure(url) {
  const line = document.createElement("p");
  line.className = "card-failed";
  const link = document.createElement("a");
  link.href = url;
  link.textContent = "Open it as a page";
  line.append("This could not be fetched just now. ", link, ".");
  return `<h2 id="card-title" class="sr">Not fetched</h2>${line.outerHTML}`;
}

export async function open(link, { pinned, notBefore = 0 } = {}) {
  const asked = ++state.asked;
  const html = await fetchCard(link.href);
  const early = notBefore - performance.now();
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  if (asked !== state.asked || !link.isConnected || (!html && !pinned)) return;
  close({ quietly: true });
  state.link = link;
  state.before = null;
  fill(html ?? failure(link.href), link.href);
  card.toggleAttribute("data-pinned", Boolean(pinned));
  card.showPopover({ source: link });
  link.setAttribute("aria-expanded", "true");
  if (link.dataset.marks) light(glossOf(link));
  if (pinned) opened(link);
}

function opened(link) {
  if (!isSheet()) {
    say(`Opened: ${card.querySelector("#card-title")?.textContent ?? "card"}`, { heard: true });
    return;
  }
  if (!history.state?.card) history.pushState({ card: true }, "");
  const under = link.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
  if (under > -12) scrollBy({ top: under + 24, behavior: "instant" });
  card.focus({ preventScroll: true });
}

/** Replace the card by the one that a link inside it leads to; from there, the page. */
export async function nest(link) {
  const asked = ++state.asked;
  const before = { html: body.innerHTML, url: state.url };
  const html = await fetchCard(link.href);
  if (asked !== state.asked) return;
  state.before = before;
  fill(html ?? failure(link.href), link.href);
  backButton.focus();
}

export const canNest = () => !state.before;

export function back() {
  const { html, url } = state.before;
  state.before = null;
  fill(html, url);
  (body.querySelector("a, button, summary") ?? card).focus();
}

export function forget() {
  state.asked += 1;
}

/** Close for good, to go elsewhere in the page: the entry that Back would close is used up. */
export function leave() {
  if (history.state?.card) history.replaceState(null, "");
  close({ quietly: true });
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
  if (!quietly && history.state?.card) history.back();
  if (focus || hadFocus) link.focus({ preventScroll: true });
}

export const ownerOf = (slice) =>
  slice.closest("a[href]") ?? slicesOf(slice.dataset.marks.split(" ")[0]).find((one) => one.matches("a"));
