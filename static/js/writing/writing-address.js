// Addresses of words: of the form to write on them, and of the place where they stand.

const LONG = 90;

/** The form for words as selection.js gives them; without `exact` for the whole passage. */
export function formAddress({ passage, exact, prefix, suffix, start, end }, more = {}) {
  const words = exact ? { exact, prefix, suffix, start, end } : { choice: "whole" };
  const asked = new URLSearchParams({ ...words, version: passage.dataset.version, ...more });
  return `/${document.body.dataset.essay}/${passage.id}/write/?${asked}`;
}

const fragment = (text) => encodeURIComponent(text).replaceAll("-", "%2D");

/** A link that leads to a passage, and in browsers that can to the very words. */
export function placeAddress({ passage, exact, prefix, suffix }) {
  const words = exact.split(/\s+/);
  const [first, last] = [words.slice(0, 5).join(" "), words.slice(-5).join(" ")];
  const text = exact.length > LONG && words.length > 10 ? `${fragment(first)},${fragment(last)}` : fragment(exact);
  const again = document.querySelector(".passages").textContent.split(exact).length > 2;
  const before = again && prefix.trim() ? `${fragment(prefix.trim())}-,` : "";
  const after = again && suffix.trim() ? `,-${fragment(suffix.trim())}` : "";
  return `${location.origin}/${document.body.dataset.essay}/#${passage.id}:~:text=${before}${text}${after}`;
}
