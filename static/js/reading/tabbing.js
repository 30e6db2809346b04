// Tab goes from a phrase into its card, and past the card's end on after the phrase.
import * as cards from "../cards/cards.js";

const STOPS = "a[href], button, summary, input, [tabindex='0']";

const reachable = (root) =>
  [...root.querySelectorAll(STOPS)].filter((one) => one.checkVisibility({ visibilityProperty: true }));

function after(link) {
  const all = reachable(document).filter((one) => !cards.card.contains(one));
  return all[all.indexOf(link) + 1] ?? link;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || !cards.isOpen()) return;
  const stops = reachable(cards.card);
  const link = cards.openedBy();
  const at = document.activeElement;
  let next = null;
  if (at === link && !event.shiftKey) next = stops[0];
  else if (event.shiftKey && (at === stops[0] || at === cards.card)) next = link;
  else if (!event.shiftKey && at === stops.at(-1)) next = after(link);
  if (!next) return;
  event.preventDefault();
  next.focus();
});
