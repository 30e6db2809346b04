// On a phone an open sheet is an entry in the history, so that Back closes it.

/** Back closes the sheet and leaves the page where it is; from elsewhere it comes to `y`. */
export function enterHistory() {
  if (history.state?.card) return;
  history.replaceState({ y: scrollY }, "");
  history.scrollRestoration = "manual";
  history.pushState({ card: true }, "");
  history.scrollRestoration = "auto";
}
