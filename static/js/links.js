// Links within the page: they stop at a closed veil, and close what they were followed from.
import { closedVeilOver, goTo, named } from "./veil.js";

/** The element of this page that a link leads to, if it leads to one. */
export function placeOf(link) {
  if (!link.hash || link.origin !== location.origin || link.pathname !== location.pathname) return null;
  return named(link.hash);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const place = link && placeOf(link);
  if (!place || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  link.closest("[popover]#contents")?.hidePopover();
  if (closedVeilOver(place)) {
    event.preventDefault();
    if (location.hash !== link.hash) history.pushState(null, "", link.hash);
    goTo(place);
  }
});
