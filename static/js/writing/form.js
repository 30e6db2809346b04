// A form for writing: it keeps a draft, counts characters near the limit, and shows what failed.
import { createElement } from "../pages/create-element.js";
import { announce } from "../pages/status.js";
import { takeAlong } from "../pages/drafts.js";
import { keepDraft, restoreDraft } from "./drafts.js";

const SHOW_COUNT_FROM = 500;

function updateCount(form) {
  const { body } = form.elements;
  const left = Number(body.dataset.maxLength) - [...body.value].length;
  const line = form.querySelector(".count");
  line.hidden = left > SHOW_COUNT_FROM;
  line.textContent = left < 0 ? `${-left} characters too many` : `${left} characters left`;
}

/** Prepare a form that has just been fetched, and restore the draft that was typed before. */
export function prepareForm(form) {
  const { body } = form.elements;
  if (!body) return;
  const refused = form.querySelector(".form-error");
  form.dataset.asServed = refused ? "" : body.defaultValue;
  // A browser would cut off a pasted text. The server refuses it instead, so that nothing is lost.
  body.removeAttribute("maxlength");
  body.after(createElement("p", { className: "hint count" }));
  if (refused) keepDraft(form);
  else if (form.dataset.draft && restoreDraft(form)) announce("The words you typed before are here again.");
  updateCount(form);
}

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.matches(".note-form") || !form.elements.body) return;
  if ("sent" in form.dataset && target.name === "body") {
    // The note that was sent may have been saved: other words get another key, so that they are another note.
    delete form.dataset.sent;
    if (form.elements.token) form.elements.token.value = "";
  }
  keepDraft(form);
  updateCount(form);
});

document.addEventListener("click", ({ target }) => {
  const form = target.closest("a[href*='?next=']")?.closest(".note-form");
  if (form?.dataset.draft) takeAlong(form.dataset.draft);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.form;
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !form?.matches(".note-form")) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button.primary"));
});

/** Disable the buttons of a form while it is being saved. */
export function setBusy(form, on) {
  form.toggleAttribute("data-busy", on);
  for (const button of form.querySelectorAll("button")) button.disabled = on;
}

// Keys can submit a form whose buttons are disabled.
document.addEventListener("submit", (event) => {
  if (!event.target.hasAttribute("data-busy")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

/** Show why a save failed, with a button to try again or what else to do. The words stay in the form, and in the draft. */
export function showFailure(form, message, next = createElement("button", { className: "plain", textContent: "Try again" })) {
  form.querySelector("[data-failed]")?.remove();
  const line = createElement("p", { className: "form-error", role: "alert" }, `${message} `, next);
  line.dataset.failed = "";
  form.querySelector(".row").before(line);
}

/** Put a fresh CSRF token, out of the form as it is served now, into a form; false if there is none. */
export async function renewToken(form) {
  const address = form.dataset.address ?? form.getAttribute("action");
  // Not by htmx: it would put the answer into the page, in place of the form with the words.
  const response = await fetch(address, { headers: { "HX-Request": "true", "HX-Request-Type": "partial" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = page.querySelector("[name=csrfmiddlewaretoken]");
  if (!token) return false;
  form.elements.csrfmiddlewaretoken.value = token.value;
  return true;
}
