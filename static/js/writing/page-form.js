// A form on a page of its own: its draft is kept, and when saving fails the words stay in it.
import { draftName, forgetDraft } from "./drafts.js";
import { prepareForm, setBusy, showFailure } from "./form.js";
import { setHost, trouble } from "./saving.js";

const SELECTOR = "main .note-form:has([name=body])";

/** Give a form its draft, and let htmx send it and swap the form that comes back. */
function prepare(form) {
  form.dataset.address = location.pathname === form.getAttribute("action") ? location.href : form.action;
  form.dataset.draft = draftName(form.dataset.address);
  for (const [name, value] of [["post", form.action], ["select", SELECTOR], ["swap", "outerHTML"]]) {
    form.setAttribute(`data-hx-${name}`, value);
  }
  htmx.process(form);
  prepareForm(form);
}

setHost({
  cameBack(form) {
    if ("sent" in form.dataset) return showFailure(form, trouble());
    prepare(form);
    form.querySelector("[aria-invalid], [name=body]").focus();
  },
  saved(form, state, { url }) {
    setBusy(form, true);
    location.assign(url);
  },
});

// The browser goes to the page of what was saved; an answer without the form replaces nothing.
document.addEventListener("htmx:before:response", (event) => {
  if (event.detail.ctx.response.raw.ok && event.target.matches(SELECTOR)) event.preventDefault();
});
document.addEventListener("htmx:before:swap", (event) => {
  const { tasks } = event.detail;
  if (event.target.matches(SELECTOR) && !tasks[0]?.fragment.hasChildNodes()) event.preventDefault();
});
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-discard]")) forgetDraft(document.querySelector(SELECTOR));
});
prepare(document.querySelector(SELECTOR));
