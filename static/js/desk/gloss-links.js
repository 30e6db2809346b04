// The links of a gloss are added, removed and moved; what is created in another window is chosen.
import { createElement } from "../pages/create-element.js";
import { choose, combobox } from "./combobox.js";

const list = document.querySelector("[data-links]");
const rows = () => [...list.querySelectorAll("[data-link]:not([hidden])")];
const fieldOf = (row, name) => row.querySelector(`[name$="-${name}"]`);
const isBlank = (row) => ["link", "name", "relation", "reason"].every((name) => !fieldOf(row, name).value.trim());

function button(label, row, act) {
  const created = createElement("button", { type: "button", className: "button quiet", textContent: label });
  created.dataset.label = label;
  created.addEventListener("click", () => act(row));
  return created;
}

function add() {
  const total = list.querySelector("[name=links-TOTAL_FORMS]");
  const row = list.querySelector("[data-link-template]").content.cloneNode(true).firstElementChild;
  for (const element of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace("__prefix__", total.value));
    }
  }
  total.value = Number(total.value) + 1;
  (rows().at(-1) ?? list.querySelector("[data-link-template]")).after(row);
  prepare(row);
  renumber();
  fieldOf(row, "name").focus();
  return row;
}

function remove(row) {
  const neighbour = rows()[rows().indexOf(row) + 1] ?? rows()[rows().indexOf(row) - 1];
  // A link that was never saved need not be deleted on the server.
  if (fieldOf(row, "link").value) {
    fieldOf(row, "DELETE").checked = true;
    row.hidden = true;
  } else row.remove();
  renumber();
  (neighbour ? fieldOf(neighbour, "name") : list.querySelector("[data-add-link]")).focus();
}

const move = (step) => (row) => {
  const other = rows()[rows().indexOf(row) + step];
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  renumber();
  const moved = row.querySelector(`[data-label="${step < 0 ? "Up" : "Down"}"]`);
  (moved.disabled ? fieldOf(row, "name") : moved).focus();
};

function togglePhrase(row) {
  const field = row.querySelector("[data-phrase]");
  const hasPhrase = fieldOf(row, "chosen")?.value.startsWith("passage:") || fieldOf(row, "phrase").value;
  field.hidden = !hasPhrase && Boolean(fieldOf(row, "chosen"));
}

/** Number the links, and name in each button the link that it acts on. */
function renumber() {
  rows().forEach((row, index, all) => {
    fieldOf(row, "ORDER").value = index + 1;
    row.querySelector("[data-nth]").textContent = index + 1;
    for (const tool of row.querySelectorAll("[data-label]")) {
      tool.setAttribute("aria-label", `${tool.dataset.label}: link ${index + 1}`);
      if (tool.dataset.label === "Up") tool.disabled = index === 0;
      if (tool.dataset.label === "Down") tool.disabled = index === all.length - 1;
    }
    togglePhrase(row);
  });
}

function prepare(row) {
  for (const plain of row.querySelectorAll(".plain")) plain.hidden = true;
  const tools = [button("Up", row, move(-1)), button("Down", row, move(1)), button("Take away", row, remove)];
  row.querySelector(".row-tools").append(...tools);
  combobox(fieldOf(row, "name"), fieldOf(row, "chosen"), list.dataset.targets);
}

/** Choose what was created in a popup: Django's page calls this function of its opener. */
async function chooseCreated(popup, pk) {
  const [row, kind] = popup.name.split(" ");
  popup.close();
  const url = `${list.dataset.targets}&value=${kind}:${pk}`;
  const { matches } = await (await fetch(url)).json();
  const field = document.getElementById(row);
  if (matches[0]) choose(field, fieldOf(field.closest("[data-link]"), "chosen"), matches[0]);
  field.focus();
}

if (list) {
  for (const plain of list.querySelectorAll(".catalogue-links .plain")) plain.hidden = true;
  const all = rows();
  all.forEach(prepare);
  all.slice(1).filter((row) => isBlank(row) && !row.querySelector(".errorlist")).forEach((row) => row.remove());
  renumber();
  list.addEventListener("click", ({ target }) => target.closest("[data-add-link]") && add());
  list.addEventListener("change", ({ target }) => {
    const row = target.closest("[data-link]");
    if (row) togglePhrase(row);
  });
  globalThis.dismissAddRelatedObjectPopup = chooseCreated;
  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-makes]");
    if (!link) return;
    event.preventDefault();
    const row = rows().find((candidate) => !fieldOf(candidate, "name").value.trim());
    const field = fieldOf(row ?? add(), "name");
    open(link.href, `${field.id} ${link.dataset.makes}`, "width=720,height=720,resizable,scrollbars");
  });
}
