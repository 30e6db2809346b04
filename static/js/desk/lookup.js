// Fields in which a thing is named: it is found while one types.
import { combobox } from "./combobox.js";

for (const field of document.querySelectorAll("[data-find]")) {
  combobox(field, field.parentElement.querySelector("[type=hidden]"), field.dataset.find);
}
