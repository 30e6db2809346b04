// Fields that name a work, a theme or another object: it is searched for while one types.
import { combobox } from "./combobox.js";

for (const field of document.querySelectorAll("[data-find]")) {
  combobox(field, field.parentElement.querySelector("[type=hidden]"), field.dataset.find);
}
