// Applies what this device remembers before the first paint, and hides pages of an earlier session.
// A classic script, because it must block.
(() => {
  const root = document.documentElement;
  const read = (store, key) => {
    try {
      return window[store].getItem(key) ?? "";
    } catch {
      return "";
    }
  };
  root.classList.add("js");
  for (const name of ["scheme", "text"]) {
    const value = read("localStorage", `sv-${name}`);
    if (value) root.dataset[name] = value;
  }
  const lifted = new Set(
    `${read("localStorage", "sv-seen")} ${read("sessionStorage", "sv-open")}`.split(" ").filter(Boolean),
  );
  const narrow = innerWidth / parseFloat(getComputedStyle(root).fontSize) < 64;
  const slim = innerWidth / parseFloat(getComputedStyle(root).fontSize) < 40;

  const layers = read("localStorage", "sv-layers");

  function setOpen(details) {
    if (lifted.has(details.dataset.work)) details.open = true;
    if (narrow && details.parentElement?.matches(".margin")) details.open = false;
    if (slim && details.matches(".score")) details.open = false;
  }
  const watch = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        if (node.dataset?.layer && layers) node.checked = layers.split(" ").includes(node.dataset.layer);
        else if (node.localName === "details") setOpen(node);
        else node.querySelectorAll?.("details").forEach(setOpen);
      }
    }
  });
  watch.observe(root, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => watch.disconnect());

  // A page must not reappear once somebody else is here: after signing out, or in another tab. A cookie
  // tells who is here, without a name.
  const whoIsHere = () => document.cookie.match(/(?:^|; )(?:__Host-)?person=([^;]*)/)?.[1] ?? "";
  let shownTo = whoIsHere();

  function checkWhoIsHere() {
    const now = whoIsHere();
    if (shownTo && shownTo !== now) {
      root.style.opacity = 0;
      root.dataset.outdated = "";
      location.reload();
    } else {
      shownTo = now;
      root.style.opacity = "";
    }
  }
  // Until it is checked, a page out of the back/forward cache is not seen.
  addEventListener("pagehide", () => shownTo && (root.style.opacity = 0));
  addEventListener("pageshow", ({ persisted }) => persisted && checkWhoIsHere());
  addEventListener("storage", ({ key }) => key === "sv-person" && checkWhoIsHere());
  document.addEventListener("visibilitychange", () => document.hidden || checkWhoIsHere());
  // The first note that is saved here makes a guest.
  document.addEventListener("htmx:finally:request", () => (shownTo ||= whoIsHere()));
  try {
    if (read("localStorage", "sv-person") !== shownTo) localStorage.setItem("sv-person", shownTo);
  } catch {
    // Nothing can be kept; other tabs notice when they are looked at.
  }
})();
