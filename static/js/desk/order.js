// Passages moved by their arrows, by keys on their handles, and by dragging, without a new page.

import { dragRows } from "./drag.js";

const status = document.createElement("p");
status.className = "visually-hidden";
status.setAttribute("role", "status");
document.querySelector("#passages").before(status);

const rowOf = (part) => part.closest(".row[data-move]");
const rows = () => [...document.querySelectorAll("#passages .row[data-move]")];

/** Put a passage at `number`; what asks to be shown first is asked for as a page. */
async function move(row, number, focus) {
  const form = row.closest("form");
  const said = new FormData();
  for (const name of ["csrfmiddlewaretoken", "order"]) said.set(name, form.elements[name].value);
  said.set("number", number);
  const headers = { "HX-Request": "true", "HX-Request-Type": "partial" };
  const answer = await fetch(row.dataset.move, { method: "POST", body: said, headers }).catch(() => null);
  const html = answer?.ok ? await answer.text() : "";
  if (!html.includes("data-said")) return ask(form, row, number);
  const page = new DOMParser().parseFromString(html, "text/html");
  document.querySelector("#passages").replaceWith(document.adoptNode(page.querySelector("#passages")));
  start();
  settle(document.getElementById(row.id), focus);
}

function ask(form, row, number) {
  const button = document.createElement("button");
  Object.assign(button, { name: "number", value: number, formAction: row.dataset.move, hidden: true });
  form.append(button);
  form.requestSubmit(button);
}

function settle(row, focus) {
  const wanted = row.querySelector(focus);
  (wanted.disabled ? row.querySelector(".handle") : wanted).focus();
  const words = row.querySelector(".said").textContent.trim().slice(0, 40);
  status.textContent = `“${words}” is passage ${row.dataset.number} of ${rows().length} now.`;
}

function start() {
  for (const row of rows()) {
    if (row.querySelector(".handle")) continue;
    const handle = document.createElement("button");
    Object.assign(handle, { type: "button", className: "handle", textContent: "⋮⋮" });
    handle.setAttribute("aria-label", `Drag passage ${row.dataset.number}, or move it with the arrow keys`);
    row.prepend(handle);
  }
}

document.addEventListener("submit", (event) => {
  const step = event.submitter?.dataset.step;
  if (!step) return;
  event.preventDefault();
  move(rowOf(event.submitter), event.submitter.value, `[data-step="${step}"]`);
});

document.addEventListener("keydown", (event) => {
  const steps = { ArrowUp: -1, ArrowDown: 1 };
  if (!event.target.closest?.(".handle") || !(event.key in steps)) return;
  event.preventDefault();
  const row = rowOf(event.target);
  const number = Number(row.dataset.number) + steps[event.key];
  if (number >= 1 && number <= rows().length && !event.repeat) move(row, number, ".handle");
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("#passages .acts details[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const one of document.querySelectorAll("#passages .acts details[open]"))
    if (!one.contains(event.target)) one.open = false;
});

dragRows(rows, (row, number) => move(row, number, ".handle"));
start();
