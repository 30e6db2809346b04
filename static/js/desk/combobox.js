// A field that finds things while one types, and a list to pick from (the ARIA combobox pattern).

const PAUSE = 200;

/** Let a field and its hidden value be this thing. */
export function choose(field, value, thing) {
  field.value = thing.label;
  value.value = thing.value;
  value.dispatchEvent(new Event("change", { bubbles: true }));
}

function option(thing, id) {
  const item = document.createElement("li");
  item.id = id;
  item.role = "option";
  item.ariaSelected = "false";
  const kind = document.createElement("b");
  const detail = document.createElement("small");
  kind.textContent = thing.kind;
  detail.textContent = thing.detail;
  item.append(kind, " ", thing.label, " ", detail);
  return item;
}

/** Make `field` a combobox over what `url` finds; `value` is the hidden field of what was picked. */
export function combobox(field, value, url) {
  if (!value || value.type !== "hidden") return;
  const list = document.createElement("ul");
  const told = document.createElement("p");
  let [things, at, pause, asked] = [[], -1, 0, 0];
  list.id = `${field.id}-list`;
  list.role = "listbox";
  list.hidden = true;
  list.ariaLabel = "What it may lead to";
  told.className = "visually-hidden";
  told.role = "status";
  field.after(list, told);
  field.role = "combobox";
  field.autocomplete = "off";
  field.ariaAutoComplete = "list";
  field.ariaExpanded = "false";
  field.setAttribute("aria-controls", list.id);

  function close() {
    list.hidden = true;
    field.ariaExpanded = "false";
    field.removeAttribute("aria-activedescendant");
    at = -1;
  }

  function show(found) {
    things = found;
    list.replaceChildren(...things.map((thing, n) => option(thing, `${list.id}-${n}`)));
    list.hidden = !things.length;
    field.ariaExpanded = String(Boolean(things.length));
    at = -1;
    field.removeAttribute("aria-activedescendant");
    told.textContent = things.length ? `${things.length} found` : field.value.trim() && "Nothing found";
  }

  async function find() {
    const mine = (asked += 1);
    const words = field.value.trim();
    if (!words) return close();
    const response = await fetch(`${url}&q=${encodeURIComponent(words)}`).catch(() => null);
    const found = response?.ok && !response.redirected ? (await response.json()).found : [];
    if (mine === asked && document.activeElement === field) show(found);
  }

  function point(to) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = (to + things.length) % things.length;
    list.children[at].setAttribute("aria-selected", "true");
    list.children[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", list.children[at].id);
  }

  function pick(n) {
    asked += 1;
    clearTimeout(pause);
    choose(field, value, things[n]);
    told.textContent = `${things[n].label} chosen`;
    close();
  }

  field.addEventListener("input", () => {
    value.value = "";
    clearTimeout(pause);
    pause = setTimeout(find, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const opened = !list.hidden;
    if (event.key === "ArrowDown" && !opened) find();
    else if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp" && opened) point(at < 0 ? things.length - 1 : at - 1);
    else if (event.key === "Enter" && opened && at >= 0) pick(at);
    else if (event.key === "Escape" && opened) close();
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
