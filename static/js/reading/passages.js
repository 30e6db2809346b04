// The passages of a page: their numbers, and which one an address belongs to.

/** The number that readers see beside a passage. */
export const numberOf = (passage) => passage.querySelector(".number").childNodes[1].textContent.trim();

/** The passage of this page that an address of a form is for: `/her/fresh/write/` or `/notes/s7q4qvznbh/…`. */
export function passageAt(address) {
  const { pathname } = new URL(address, location.href);
  const [, slug, key] = pathname.match(/^\/([^/]+)\/([^/]+)\/write\/$/) ?? [];
  if (key) return slug === document.body.dataset.essay ? document.getElementById(key) : null;
  const id = pathname.match(/^\/notes\/([^/]+)\//)?.[1];
  const margin = document.getElementById(`note-${id}`)?.closest(".margin");
  return margin && document.getElementById(margin.dataset.margin);
}

/** Focus an element that may not be focusable by itself, and do not scroll. */
export function focusOn(element) {
  if (!element.matches("a, button, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
