// Passages are moved by their arrows, by keys on their handles and by dragging, without a new page.
import { createElement } from "../pages/create-element.js";
import { dragRows } from "./drag.js";

const status = createElement("p", { className: "visually-hidden", role: "status" });
document.querySelector("#passages").before(status);

const rowOf = (element) => element.closest(".row[data-move]");
const rows = () => [...document.querySelectorAll("#passages .row[data-move]")];

/** Move a passage to `number`; where the site wants to ask or to refuse, it does so on a page. */
async function move(row, number, focus) {
  const form = row.closest("form");
  const { csrfmiddlewaretoken, order } = form.elements;
  const values = { csrfmiddlewaretoken: csrfmiddlewaretoken.value, order: order.value, number };
  // The source is not the row: htmx would send the number field of every row along.
  await htmx.ajax("POST", row.dataset.move, { source: status, target: "#passages", swap: "outerHTML", values });
  if (form.isConnected) return submit(form, row, number);
  addHandles();
  announce(document.getElementById(row.id), focus);
}

// A fragment says what was saved; anything else is a page that asks or refuses.
status.addEventListener("htmx:before:swap", (event) => {
  if (!event.detail.ctx.text.includes("data-message")) event.preventDefault();
});

function submit(form, row, number) {
  const button = createElement("button", { name: "number", value: number, formAction: row.dataset.move, hidden: true });
  form.append(button);
  form.requestSubmit(button);
}

/** Focus what was used to move the row, and say where the passage is now. */
function announce(row, focus) {
  const control = row.querySelector(focus);
  (control.disabled ? row.querySelector(".handle") : control).focus();
  const words = row.querySelector(".reading-text").textContent.trim().slice(0, 40);
  status.textContent = `“${words}” is passage ${row.dataset.number} of ${rows().length} now.`;
}

function addHandles() {
  for (const row of rows()) {
    if (row.querySelector(".handle")) continue;
    const ariaLabel = `Drag passage ${row.dataset.number}, or move it with the arrow keys`;
    row.prepend(createElement("button", { type: "button", className: "handle", textContent: "⋮⋮", ariaLabel }));
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
  for (const details of document.querySelectorAll("#passages .acts details[open]"))
    if (!details.contains(event.target)) details.open = false;
});

dragRows(rows, (row, number) => move(row, number, ".handle"));
addHandles();
