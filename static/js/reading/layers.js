// The layers of the margin (Editors, Mine, Everyone), switched on and off and remembered on this device.
import { remember } from "../pages/memory.js";

const inputs = [...document.querySelectorAll("[data-layer]")];
const isOn = (layer) => inputs.find((input) => input.dataset.layer === layer)?.checked ?? true;

/** Take links whose layers are all off out of the tab order. */
export function updateTabStops(root) {
  for (const link of root.querySelectorAll(".text :is(a.gloss, a.note)")) {
    const layers = [
      link.matches(".gloss") && "editors",
      link.querySelector(".mine") && "mine",
      link.querySelector(".public") && "everyone",
    ];
    if (layers.some((layer) => layer && isOn(layer))) link.removeAttribute("tabindex");
    else link.tabIndex = -1;
  }
}

function set(layer, on) {
  for (const input of inputs) if (input.dataset.layer === layer) input.checked = on;
  remember("layers", ["editors", "mine", "everyone"].filter(isOn).join(" ") || "none");
  updateTabStops(document);
  dispatchEvent(new Event("resize"));
}

export function turnOn(layer) {
  if (!isOn(layer)) set(layer, true);
}

document.addEventListener("change", ({ target }) => {
  if (target.dataset.layer) set(target.dataset.layer, target.checked);
});
if (inputs.length) updateTabStops(document);
