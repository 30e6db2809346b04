// A form on a page of its own: its draft is kept, and what fails to be saved stays in it.
import { draftOf, forgetDraft, keepDraft } from "./drafts.js";
import { busy, ready, renewToken, showFailure } from "./form.js";

const current = () => document.querySelector("main .note-form:has([name=body])");

function prepare(form) {
  form.dataset.address = location.pathname === form.getAttribute("action") ? location.href : form.action;
  form.dataset.draft = draftOf(form.dataset.address, form.dataset.account);
  ready(form);
}

async function send(form, submitter, renewed = false) {
  const { draft } = form.dataset;
  form.dataset.sent = "";
  keepDraft(form, { sent: true });
  const body = new URLSearchParams(new FormData(form, submitter));
  busy(form, true);
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    if (answer.status === 403 && !renewed && (await renewToken(form))) return await send(form, submitter, true);
    if (answer.ok) {
      forgetDraft(draft);
      return location.assign(answer.url);
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const served = page.querySelector("main .note-form:has([name=body])");
    if (served) {
      form.replaceWith(served);
      prepare(served);
      served.querySelector("[aria-invalid], [name=body]").focus();
    } else showFailure(form, "Not saved: the site could not take it just now. Your words are kept here.");
  } catch {
    showFailure(form, "Not saved: no connection. Your words are kept here.");
  }
  busy(form, false);
}

document.addEventListener("submit", (event) => {
  if (event.target !== current() || event.defaultPrevented) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-discard]")) forgetDraft(current().dataset.draft);
});
prepare(current());
