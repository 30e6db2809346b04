// A form for writing: what is typed is kept, characters are counted near the end.
import { keepDraft, restoreDraft } from "./drafts.js";
import { say } from "../pages/status.js";

const NEAR = 500;

function count(form) {
  const { body } = form.elements;
  const left = Number(body.dataset.longest) - [...body.value].length;
  const line = form.querySelector(".count");
  line.hidden = left > NEAR;
  line.textContent = left < 0 ? `${-left} characters too many` : `${left} characters left`;
}

/** Prepare a form that has just come, and give it back the words that were typed before. */
export function ready(form) {
  const { body } = form.elements;
  if (!body) return;
  const refused = form.querySelector(".form-error");
  form.dataset.asServed = refused ? "" : body.defaultValue;
  // A browser would cut what is pasted; the server refuses it instead, and nothing is lost.
  body.removeAttribute("maxlength");
  const line = document.createElement("p");
  line.className = "hint count";
  body.after(line);
  if (refused) keepDraft(form);
  else if (form.dataset.draft && restoreDraft(form)) say("The words you typed before are here again.");
  count(form);
}

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.matches(".note-form") || !form.elements.body) return;
  if (form.dataset.sent && target.name === "body") {
    // What was sent may have arrived; other words are another note, not the same one repeated.
    delete form.dataset.sent;
    if (form.elements.token) form.elements.token.value = "";
  }
  keepDraft(form);
  count(form);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.form;
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !form?.matches(".note-form")) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button.primary"));
});

/** One save at a time: until it is answered, its buttons wait. */
export function busy(form, on) {
  form.toggleAttribute("data-busy", on);
  for (const button of form.querySelectorAll("button")) button.disabled = on;
}

document.addEventListener("submit", (event) => {
  if (!event.target.hasAttribute("data-busy")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

/** Say that a save failed; the words stay where they are, and in the draft. */
export function showFailure(form, words) {
  form.querySelector("[data-failed]")?.remove();
  const line = document.createElement("p");
  line.className = "form-error";
  line.dataset.failed = "";
  line.setAttribute("role", "alert");
  const again = document.createElement("button");
  again.className = "plain";
  again.textContent = "Try again";
  line.append(`${words} `, again);
  form.querySelector(".row").before(line);
}

/** A fresh key against forged requests, taken from the form as it is served now. */
export async function renewToken(form) {
  const address = form.dataset.address ?? form.getAttribute("action");
  const answer = await fetch(address, { headers: { "HX-Request": "true", "HX-Request-Type": "partial" } });
  const served = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = served.querySelector("[name=csrfmiddlewaretoken]");
  if (!token) return false;
  form.elements.csrfmiddlewaretoken.value = token.value;
  return true;
}
