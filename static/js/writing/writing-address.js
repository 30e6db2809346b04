// Addresses for words: of the form to write on them, and of the words themselves.

/** Longer words are named by their first and last five. */
const MAX_FRAGMENT_LENGTH = 90;

/** The address of the form for words as `wordsAt` returns them; without `exact`, for the whole passage. */
export function formAddress({ passage, exact, prefix, suffix, start, end }, more = {}) {
  const words = exact ? { exact, prefix, suffix, start, end } : { choice: "whole" };
  const query = new URLSearchParams({ ...words, version: passage.dataset.version, ...more });
  return `/${document.body.dataset.essay}/${passage.id}/write/?${query}`;
}

const fragment = (text) => encodeURIComponent(text).replaceAll("-", "%2D");

/** A link to a passage; browsers that know text fragments scroll to the words. */
export function placeAddress({ passage, exact, prefix, suffix }) {
  const words = exact.split(/\s+/);
  const [first, last] = [words.slice(0, 5).join(" "), words.slice(-5).join(" ")];
  const isLong = exact.length > MAX_FRAGMENT_LENGTH && words.length > 10;
  const text = isLong ? `${fragment(first)},${fragment(last)}` : fragment(exact);
  const isAmbiguous = document.querySelector(".passages").textContent.split(exact).length > 2;
  const before = isAmbiguous && prefix.trim() ? `${fragment(prefix.trim())}-,` : "";
  const after = isAmbiguous && suffix.trim() ? `,-${fragment(suffix.trim())}` : "";
  return `${location.origin}/${document.body.dataset.essay}/#${passage.id}:~:text=${before}${text}${after}`;
}
