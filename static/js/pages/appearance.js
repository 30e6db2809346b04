// Appearance: light or dark, text size, single-letter keys, kept on this device.
import { recall, remember } from "./memory.js";

const form = document.querySelector("#appearance form");

for (const name of ["scheme", "text"]) form.elements[name].value = recall(name);
form.elements.keys.checked = recall("keys") !== "off";

form.addEventListener("change", ({ target }) => {
  if (target.name === "keys") return remember("keys", target.checked ? "" : "off");
  remember(target.name, target.value);
  if (target.value) document.documentElement.dataset[target.name] = target.value;
  else delete document.documentElement.dataset[target.name];
});
form.addEventListener("submit", (event) => event.preventDefault());
