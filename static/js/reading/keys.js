// The keyboard: Esc closes the topmost layer, ? opens the list of keys; the keys for passages load on use.
import * as cards from "../cards/cards.js";
import { recall } from "../pages/memory.js";

const list = document.getElementById("keys");

/** Ask a module that may not be loaded to close its layer; true if it did. */
const closed = (detail) => !document.dispatchEvent(new CustomEvent("close-topmost", { cancelable: true, detail }));

function closeTopmost() {
  if (document.querySelector("dialog[open], [popover=auto]:popover-open")) return;
  if (closed("bar")) return;
  if (cards.isOpen()) cards.close({ focus: true });
  else closed("form") || closed("lens");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closeTopmost();
  if (event.ctrlKey || event.metaKey || event.altKey || recall("keys") === "off") return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const single = /^[jksanmSA]$/.test(event.key) && document.querySelector(".passages");
  if (!single && event.key !== "?") return;
  event.preventDefault();
  if (single) import("./single-keys.js").then(({ act }) => act(event.key));
  else list.showModal();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-opens=keys]")) list.showModal();
  else if (event.target === list) list.close();
});
