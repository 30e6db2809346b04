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

// The theme lens is fetched when the first theme is followed.
const bar = document.getElementById("lens");
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-follow]");
  if (!link || !bar || link.dataset.in !== document.body.dataset.essay) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  import("./lens.js").then(({ followFrom }) => followFrom(link));
});
if (bar?.dataset.home) import("./lens.js");
