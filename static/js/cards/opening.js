// When cards open (a mouse rests on a phrase, a click, a tap, Enter) and when they close.
import * as cards from "./cards.js";
import { fetchCard } from "./fetch-card.js";
import { annotationOf, highlight, linkOf } from "../reading/highlight.js";
import { destinationOf, opensElsewhere } from "../reading/links.js";
import { goTo } from "../reading/veil.js";

// All in milliseconds. A mouse that only crosses a phrase is gone before 150: nothing is fetched for it.
const FETCH_AFTER = 150;
// Counted from when the mouse came to rest, too. Sooner, cards would pop up while one reads along with the
// mouse; and the 250 between are mostly enough to fetch the card, so that it opens complete.
const SHOW_AFTER = 400;
// The mouse may take this long over the gap between phrase and card before the card closes.
const CLOSE_AFTER = 300;
const OPENS = ".text [data-marks], a[data-card]";
let resting = null;
let closing = 0;
let position = "";
let isPressedInCard = false;

function linkAt(target) {
  const mark = target.closest?.(OPENS);
  if (!mark || cards.card.contains(mark)) return null;
  return mark.matches("a") ? mark : linkOf(mark);
}

function stopResting() {
  clearTimeout(resting?.timer);
  if (resting?.requested) cards.dropRequest();
  resting = null;
}

function rest(link) {
  stopResting();
  if (link === cards.openedBy()) return;
  const since = performance.now();
  resting = { link, requested: false };
  resting.timer = setTimeout(() => {
    if (cards.visibleInMargin(link)) return;
    fetchCard(link.href);
    resting.requested = true;
    cards.open(link, { notBefore: since + SHOW_AFTER });
  }, FETCH_AFTER);
}

document.addEventListener("pointermove", (event) => {
  // Browsers send the event also when the page moves under a mouse that rests.
  const newPosition = `${event.screenX} ${event.screenY}`;
  if (event.pointerType !== "mouse" || event.buttons || newPosition === position) return;
  position = newPosition;
  const link = linkAt(event.target);
  const onCard = cards.card.contains(event.target);
  if (link !== (resting?.link ?? null)) link ? rest(link) : stopResting();
  if (onCard || (link && link === cards.openedBy())) {
    clearTimeout(closing);
    closing = 0;
  } else if (cards.isOpen() && !closing && !cards.card.hasAttribute("data-pinned")) {
    closing = setTimeout(() => {
      closing = 0;
      if (!cards.card.hasAttribute("data-pinned")) cards.close({ quietly: Boolean(resting) });
    }, CLOSE_AFTER);
  }
});
addEventListener("scroll", stopResting, { passive: true });

document.addEventListener("pointerdown", ({ target }) => {
  isPressedInCard = cards.card.contains(target);
});

function onClick(event) {
  const startedInCard = isPressedInCard;
  isPressedInCard = false;
  if (event.defaultPrevented || event.button || event.altKey || opensElsewhere(event)) return;
  const { target } = event;
  if (target.closest("[data-card-close]")) return cards.close({ focus: true });
  if (target.closest("[data-card-back]")) return cards.back();
  if (cards.card.contains(target)) return onClickInside(event);
  const link = linkAt(target);
  if (!link) {
    // When words are selected in the card and the mouse is released outside, the click goes to what holds both.
    if (cards.isOpen() && !startedInCard) cards.close();
    return;
  }
  event.preventDefault();
  if (event.detail > 1 || (link.dataset.marks && String(getSelection()))) return;
  stopResting();
  const inMargin = cards.visibleInMargin(link);
  if (inMargin) {
    highlight(annotationOf(link));
    inMargin.focus();
  } else if (link === cards.openedBy()) {
    if (cards.card.hasAttribute("data-pinned")) cards.close({ focus: true });
    else cards.pin();
  } else cards.open(link, { pinned: true });
}

function onClickInside(event) {
  cards.pin();
  const link = event.target.closest("a[href]");
  if (!link) return;
  const destination = destinationOf(link);
  if (destination) {
    event.preventDefault();
    history[history.state?.card ? "replaceState" : "pushState"](null, "", link.hash);
    cards.close({ quietly: true });
    goTo(destination);
  } else if (link.matches("[data-card]") && cards.canNest()) {
    event.preventDefault();
    cards.nest(link);
  }
}

document.addEventListener("click", onClick);
addEventListener("popstate", cards.onPopState);
// After coming back from another page the sheet is closed: leave the entry that Back would close it with.
addEventListener("pageshow", () => history.state?.card && !cards.isOpen() && history.back());
addEventListener("resize", cards.fit);

cards.card.addEventListener("focusin", cards.pin);
