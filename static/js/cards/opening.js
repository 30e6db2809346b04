// When cards open: a mouse that rests, a click, a tap, Enter; and when they close.
import * as cards from "./cards.js";
import { fetchCard } from "./fetch-card.js";
import { glossElement, glossOf, light } from "../reading/light.js";
import { placeOf } from "../reading/links.js";
import { goTo } from "../reading/veil.js";

const FETCH_AFTER = 150;
const SHOW_AFTER = 400;
const LINGER = 300;
const OPENS = ".text [data-marks], a[data-card]";
let resting = null;
let leaving = 0;
let spot = "";

function linkAt(target) {
  const mark = target.closest?.(OPENS);
  if (!mark || cards.card.contains(mark)) return null;
  return mark.matches("a") ? mark : cards.ownerOf(mark);
}

function stopResting() {
  clearTimeout(resting?.timer);
  if (resting?.asked) cards.forget();
  resting = null;
}

function rest(link) {
  stopResting();
  if (link === cards.openedBy()) return;
  const since = performance.now();
  resting = { link, asked: false };
  resting.timer = setTimeout(() => {
    if (cards.saidBeside(link)) return;
    fetchCard(link.href);
    resting.asked = true;
    cards.open(link, { notBefore: since + SHOW_AFTER });
  }, FETCH_AFTER);
}

document.addEventListener("pointermove", (event) => {
  const now = `${event.screenX} ${event.screenY}`;
  if (event.pointerType !== "mouse" || event.buttons || now === spot) return;
  spot = now;
  const link = linkAt(event.target);
  const onCard = cards.card.contains(event.target);
  if (link !== (resting?.link ?? null)) link ? rest(link) : stopResting();
  if (onCard || (link && link === cards.openedBy())) {
    clearTimeout(leaving);
    leaving = 0;
  } else if (cards.isOpen() && !leaving && !cards.card.hasAttribute("data-pinned")) {
    leaving = setTimeout(() => {
      leaving = 0;
      if (!cards.card.hasAttribute("data-pinned")) cards.close({ quietly: Boolean(resting) });
    }, LINGER);
  }
});
addEventListener("scroll", stopResting, { passive: true });

function press(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const { target } = event;
  if (target.closest("[data-card-close]")) return cards.close({ focus: true });
  if (target.closest("[data-card-back]")) return cards.back();
  if (cards.card.contains(target)) return pressInside(event);
  const link = linkAt(target);
  if (!link) {
    if (cards.isOpen()) cards.close();
    return;
  }
  event.preventDefault();
  if (event.detail > 1 || (link.dataset.marks && String(getSelection()))) return;
  stopResting();
  const gloss = cards.saidBeside(link);
  if (gloss) {
    light(glossOf(link));
    glossElement(glossOf(link)).focus();
  } else if (link === cards.openedBy()) {
    if (cards.card.hasAttribute("data-pinned")) cards.close({ focus: true });
    else cards.pin();
  } else cards.open(link, { pinned: true });
}

function pressInside(event) {
  cards.pin();
  const link = event.target.closest("a[href]");
  if (!link) return;
  const place = placeOf(link);
  if (place) {
    event.preventDefault();
    history[history.state?.card ? "replaceState" : "pushState"](null, "", link.hash);
    cards.close({ quietly: true });
    goTo(place);
  } else if (link.matches("[data-card]") && cards.canNest()) {
    event.preventDefault();
    cards.nest(link);
  }
}

document.addEventListener("click", press);
addEventListener("popstate", cards.travelled);
// Come back to the page from elsewhere, its sheet is closed: so is the entry that Back would close.
addEventListener("pageshow", () => history.state?.card && !cards.isOpen() && history.back());
addEventListener("resize", cards.fit);

cards.card.addEventListener("focusin", cards.pin);
