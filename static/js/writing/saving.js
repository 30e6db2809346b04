// Saving by htmx, beside the text or on a page of its own: whatever fails keeps the words.
import { announce } from "../pages/status.js";
import { forgetDraft, keepDraft, recallDraft } from "./drafts.js";
import { createElement } from "../pages/create-element.js";
import { renewToken, setBusy, showFailure } from "./form.js";

const OFFLINE = "Not saved: no connection. Your words are kept here.";
const TROUBLE = "Not saved: the site could not take it just now. Your words are kept here.";
const SIGNED_OUT = "Not saved: you are signed out. Your words are kept here.";
const NO_COOKIES = "Not saved: this browser keeps no cookies, and without one nobody knows whose note it is. "
  + "Allow cookies for this site, then";
const FORMS = "#writing form, .margin form.undo, main .note-form:has([name=body])";
const requests = new WeakMap();

function keepsCookies() {
  document.cookie = "trial=yes; SameSite=Lax";
  const kept = document.cookie.includes("trial=yes");
  document.cookie = "trial=; Max-Age=0";
  return kept;
}

export const trouble = () => (keepsCookies() ? TROUBLE : NO_COOKIES);

let host = null;

/** Set the functions of what shows the form: `sending(form)`, `cameBack(form)` and
`saved(form, state, response)`. `state` is what `sending` returned; `cameBack` gets the form with errors. */
export function setHost(functions) {
  host = functions;
}

document.addEventListener("htmx:before:request", ({ target: form, detail: { ctx } }) => {
  if (!form.matches?.(FORMS)) return;
  const { body } = form.elements;
  if (body) {
    form.dataset.sent = "";
    keepDraft(form, { sent: true });
  }
  const pressed = ctx.sourceEvent?.submitter ?? null;
  requests.set(ctx, { form, state: host.sending?.(form), words: body?.value, pressed });
  setBusy(form, true);
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const request = requests.get(ctx);
  if (!request) return;
  const { form } = request;
  setBusy(form, false);
  const status = ctx.response?.status;
  if (!status) return failed(form, OFFLINE);
  const signIn = ctx.response.headers.get("Sign-In");
  if (signIn) return failed(form, SIGNED_OUT, createElement("a", { href: signIn, textContent: "Sign in" }));
  if (status === 403) return resend(request);
  if (status === 422 || status === 429) return refused(form);
  if (status >= 400 || ctx.status.startsWith("error")) return failed(form, trouble());
  forgetSavedDraft(request);
  if (!ctx.response.headers.get("HX-Redirect")) host.saved(form, request.state, ctx.response.raw);
});

/** Forget the draft, unless it holds words that were typed after the form was sent. */
function forgetSavedDraft({ form, words }) {
  if (form.dataset.draft && (recallDraft(form)?.body ?? words) === words) forgetDraft(form);
}

function failed(form, message, next) {
  if (form.matches(".undo")) return announce(message);
  form.closest("#writing")?.removeAttribute("hidden");
  showFailure(form, message, next);
}

function refused(form) {
  if (form.matches(".undo")) return;
  const served = document.getElementById("note-form");
  if (served) host.cameBack(served);
}

/** Send once more with a fresh CSRF token. */
async function resend({ form, pressed }) {
  if ("renewed" in form.dataset) return failed(form, trouble());
  form.dataset.renewed = "";
  try {
    if (await renewToken(form)) return form.requestSubmit(pressed);
  } catch {
    return failed(form, OFFLINE);
  }
  return failed(form, trouble());
}
