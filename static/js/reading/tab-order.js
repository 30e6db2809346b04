// Tab goes from a phrase into its open card, and from the card's end to what follows the phrase.
import * as cards from "../cards/cards.js";

const STOPS = "a[href], button, summary, input, [tabindex='0']";

const tabStops = (root) =>
  [...root.querySelectorAll(STOPS)].filter((element) => element.checkVisibility({ visibilityProperty: true }));

function stopAfter(link) {
  const stops = tabStops(document).filter((element) => !cards.card.contains(element));
  return stops[stops.indexOf(link) + 1] ?? link;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || !cards.isOpen()) return;
  const stops = tabStops(cards.card);
  const link = cards.openedBy();
  const focused = document.activeElement;
  let next = null;
  if (focused === link && !event.shiftKey) next = stops[0];
  else if (event.shiftKey && (focused === stops[0] || focused === cards.card)) next = link;
  else if (!event.shiftKey && focused === stops.at(-1)) next = stopAfter(link);
  if (!next) return;
  event.preventDefault();
  next.focus();
});
