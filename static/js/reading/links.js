// Links within the page stop at a closed veil; links to a theme start the theme lens.
import { closedVeilOver, elementAt, goTo } from "./veil.js";

/** Whether a click opens a link in another tab or window. */
export const opensElsewhere = (event) => event.ctrlKey || event.metaKey || event.shiftKey;

/** The element of this page that a link leads to, if it leads to one. */
export function destinationOf(link) {
  if (!link.hash || link.origin !== location.origin || link.pathname !== location.pathname) return null;
  return elementAt(link.hash);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const destination = link && destinationOf(link);
  if (!destination || event.defaultPrevented || opensElsewhere(event)) return;
  link.closest("[popover]#contents")?.hidePopover();
  if (closedVeilOver(destination)) {
    event.preventDefault();
    if (location.hash !== link.hash) history.pushState(null, "", link.hash);
    goTo(destination);
  }
});

// The theme lens is loaded when the first theme is followed.
const bar = document.getElementById("lens");
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-follow]");
  if (!link || !bar || link.dataset.in !== document.body.dataset.essay) return;
  if (opensElsewhere(event)) return;
  event.preventDefault();
  import("./lens.js").then(({ followLink }) => followLink(link));
});
if (bar?.dataset.home) import("./lens.js");
