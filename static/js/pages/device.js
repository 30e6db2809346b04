// Applies what this device remembers before the first paint. A classic script, because it must block.
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
})();
