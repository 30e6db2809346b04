// The links of a gloss: added, taken away, moved; a thing made in a window of its own is chosen.
import { choose, combobox } from "./combobox.js";

const list = document.querySelector("[data-links]");
const rows = () => [...list.querySelectorAll("[data-link]:not([hidden])")];
const part = (row, name) => row.querySelector(`[name$="-${name}"]`);
const blank = (row) => ["link", "name", "relation", "reason"].every((name) => !part(row, name).value.trim());

function button(says, row, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button quiet";
  made.dataset.says = says;
  made.append(says);
  made.addEventListener("click", () => act(row));
  return made;
}

function add() {
  const total = list.querySelector("[name=links-TOTAL_FORMS]");
  const made = list.querySelector("[data-link-template]").content.cloneNode(true).firstElementChild;
  for (const element of made.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace("__prefix__", total.value));
    }
  }
  total.value = Number(total.value) + 1;
  (rows().at(-1) ?? list.querySelector("[data-link-template]")).after(made);
  ready(made);
  settle();
  part(made, "name").focus();
  return made;
}

function remove(row) {
  const near = rows()[rows().indexOf(row) + 1] ?? rows()[rows().indexOf(row) - 1];
  // What was never saved says nothing to the site once it is not sent.
  if (part(row, "link").value) {
    part(row, "DELETE").checked = true;
    row.hidden = true;
  } else row.remove();
  settle();
  (near ? part(near, "name") : list.querySelector("[data-add-link]")).focus();
}

const move = (step) => (row) => {
  const other = rows()[rows().indexOf(row) + step];
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  settle();
  const moved = row.querySelector(`[data-says="${step < 0 ? "Up" : "Down"}"]`);
  (moved.disabled ? part(row, "name") : moved).focus();
};

function phraseFits(row) {
  const field = row.querySelector("[data-phrase]");
  const fits = part(row, "chosen")?.value.startsWith("passage:") || part(row, "phrase").value;
  field.hidden = !fits && Boolean(part(row, "chosen"));
}

/** Numbers, and buttons that name what they act on. */
function settle() {
  rows().forEach((row, place, all) => {
    part(row, "ORDER").value = place + 1;
    row.querySelector("[data-nth]").textContent = place + 1;
    for (const tool of row.querySelectorAll("[data-says]")) {
      tool.setAttribute("aria-label", `${tool.dataset.says}: link ${place + 1}`);
      if (tool.dataset.says === "Up") tool.disabled = place === 0;
      if (tool.dataset.says === "Down") tool.disabled = place === all.length - 1;
    }
    phraseFits(row);
  });
}

function ready(row) {
  for (const plain of row.querySelectorAll(".plain")) plain.hidden = true;
  row.querySelector(".row-tools").append(button("Up", row, move(-1)), button("Down", row, move(1)), button("Take away", row, remove));
  combobox(part(row, "name"), part(row, "chosen"), list.dataset.targets);
}

/** What Django's pages for making a thing call, once it is made in their window. */
async function made(popup, pk) {
  const [row, kind] = popup.name.split(" ");
  popup.close();
  const url = `${list.dataset.targets}&value=${kind}:${pk}`;
  const { found } = await (await fetch(url)).json();
  const field = document.getElementById(row);
  if (found[0]) choose(field, part(field.closest("[data-link]"), "chosen"), found[0]);
  field.focus();
}

if (list) {
  for (const plain of list.querySelectorAll(".make .plain")) plain.hidden = true;
  const all = rows();
  all.forEach(ready);
  all.slice(1).filter((row) => blank(row) && !row.querySelector(".errorlist")).forEach((row) => row.remove());
  settle();
  list.addEventListener("click", ({ target }) => target.closest("[data-add-link]") && add());
  list.addEventListener("change", ({ target }) => target.closest("[data-link]") && phraseFits(target.closest("[data-link]")));
  globalThis.dismissAddRelatedObjectPopup = made;
  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-makes]");
    if (!link) return;
    event.preventDefault();
    const row = rows().find((one) => !part(one, "name").value.trim());
    const field = part(row ?? add(), "name");
    open(link.href, `${field.id} ${link.dataset.makes}`, "width=720,height=720,resizable,scrollbars");
  });
}
