// Layers of the margin: Editors, Mine, Everyone; remembered on this device.
import { remember } from "../pages/memory.js";

const inputs = [...document.querySelectorAll("[data-layer]")];
const isOn = (layer) => inputs.find((one) => one.dataset.layer === layer)?.checked ?? true;

/** Take the links of layers that are off out of the order of tab stops. */
export function apply(root) {
  for (const link of root.querySelectorAll(".text :is(a.gloss, a.note)")) {
    const kinds = [
      link.matches(".gloss") && "editors",
      link.querySelector(".mine") && "mine",
      link.querySelector(".public") && "everyone",
    ];
    if (kinds.some((kind) => kind && isOn(kind))) link.removeAttribute("tabindex");
    else link.tabIndex = -1;
  }
}

function set(layer, on) {
  for (const one of inputs) if (one.dataset.layer === layer) one.checked = on;
  const shown = ["editors", "mine", "everyone"].filter(isOn);
  remember("layers", shown.join(" ") || "none");
  apply(document);
  dispatchEvent(new Event("resize"));
}

export function turnOn(layer) {
  if (!isOn(layer)) set(layer, true);
}

document.addEventListener("change", ({ target }) => {
  if (target.dataset.layer) set(target.dataset.layer, target.checked);
});
if (inputs.length) apply(document);
