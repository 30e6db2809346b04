// A field that searches while one types, with a list to pick from (the ARIA combobox pattern).
import { createElement } from "../pages/create-element.js";

const DEBOUNCE_MS = 200;

/** Put a result into a field and its hidden value. */
export function choose(field, value, result) {
  field.value = result.label;
  value.value = result.value;
  value.dispatchEvent(new Event("change", { bubbles: true }));
}

function option({ kind, label, detail }, id) {
  const item = createElement("li", { id, role: "option", ariaSelected: "false" });
  item.append(createElement("b", { textContent: kind }), " ", label, " ", createElement("small", {}, detail));
  return item;
}

/** Make `field` a combobox over the results of `url`; the hidden field `value` gets that of the one picked. */
export function combobox(field, value, url) {
  if (!value || value.type !== "hidden") return;
  const id = `${field.id}-list`;
  const list = createElement("ul", { id, role: "listbox", hidden: true, ariaLabel: "What it may lead to" });
  const status = createElement("p", { className: "visually-hidden", role: "status" });
  let [results, index, pause, latest] = [[], -1, 0, 0];
  field.after(list, status);
  field.role = "combobox";
  field.autocomplete = "off";
  field.ariaAutoComplete = "list";
  field.ariaExpanded = "false";
  field.setAttribute("aria-controls", list.id);

  function close() {
    list.hidden = true;
    field.ariaExpanded = "false";
    field.removeAttribute("aria-activedescendant");
    index = -1;
  }

  function show(matches) {
    results = matches;
    list.replaceChildren(...results.map((result, n) => option(result, `${list.id}-${n}`)));
    list.hidden = !results.length;
    field.ariaExpanded = String(Boolean(results.length));
    index = -1;
    field.removeAttribute("aria-activedescendant");
    status.textContent = results.length ? `${results.length} found` : field.value.trim() && "Nothing found";
  }

  async function search() {
    const request = (latest += 1);
    const words = field.value.trim();
    if (!words) return close();
    const response = await fetch(`${url}&q=${encodeURIComponent(words)}`).catch(() => null);
    const matches = response?.ok && !response.redirected ? (await response.json()).matches : [];
    if (request === latest && document.activeElement === field) show(matches);
  }

  function activate(n) {
    list.children[index]?.setAttribute("aria-selected", "false");
    index = (n + results.length) % results.length;
    list.children[index].setAttribute("aria-selected", "true");
    list.children[index].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", list.children[index].id);
  }

  function pick(n) {
    latest += 1;
    clearTimeout(pause);
    choose(field, value, results[n]);
    status.textContent = `${results[n].label} chosen`;
    close();
  }

  field.addEventListener("input", () => {
    value.value = "";
    clearTimeout(pause);
    pause = setTimeout(search, DEBOUNCE_MS);
  });
  field.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" && !isOpen) search();
    else if (event.key === "ArrowDown") activate(index + 1);
    else if (event.key === "ArrowUp" && isOpen) activate(index < 0 ? results.length - 1 : index - 1);
    else if (event.key === "Enter" && isOpen && index >= 0) pick(index);
    else if (event.key === "Escape" && isOpen) close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const item = target.closest("[role=option]");
    if (item) pick([...list.children].indexOf(item));
  });
}
