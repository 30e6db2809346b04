// On a phone an open sheet has its own entry in the history, so that Back closes it.

/** Add the sheet's entry. Back from it leaves the page where it is; Back from elsewhere restores `scrollY`. */
export function enterHistory() {
  if (history.state?.card) return;
  history.replaceState({ y: scrollY }, "");
  history.scrollRestoration = "manual";
  history.pushState({ card: true }, "");
  history.scrollRestoration = "auto";
}
