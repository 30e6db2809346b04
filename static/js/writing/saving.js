// Saving from the margin: the run is swapped in place, and whatever fails keeps the words.
import { forgetDraft, keepDraft, recallDraft } from "./drafts.js";
import { busy, renewToken, showFailure } from "./form.js";
import { remember } from "../pages/memory.js";
import { say } from "../pages/status.js";
import { after, before } from "./swapped.js";

const OFFLINE = "Not saved: no connection. Your words are kept here.";
const TROUBLE = "Not saved: the site could not take it just now. Your words are kept here.";
const sends = new WeakMap();
let shown = null;

/** What shows the form: told to `close` after a save, and that it `cameBack` with errors. */
export function serve(form) {
  shown = form;
}

const ours = (form) => form?.matches?.("#writing form, .margin form.undo");

document.addEventListener("htmx:before:request", ({ target: form, detail: { ctx } }) => {
  if (!ours(form)) return;
  const { body, colour } = form.elements;
  if (body) {
    form.dataset.sent = "";
    keepDraft(form, { sent: true });
    if (colour?.value) remember("colour", colour.value);
  }
  sends.set(ctx, {
    form,
    run: before(document.querySelector(form.dataset.hxTarget)),
    words: body?.value,
    pressed: ctx.sourceEvent?.submitter ?? null,
  });
  busy(form, true);
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const send = sends.get(ctx);
  if (!send) return;
  const { form } = send;
  busy(form, false);
  const status = ctx.response?.status;
  if (!status) return failed(form, OFFLINE);
  if (status === 403) return resend(form, send);
  if (status === 422 || status === 429) return refused(form);
  if (status >= 400 || ctx.status.startsWith("error")) return failed(form, TROUBLE);
  saved(form, send);
  const headers = ctx.response.headers;
  if (headers.get("HX-Redirect")) return;
  shown.close({ quietly: true });
  after(send.run, form);
});

/** What was typed on while the save was under way stays a draft. */
function saved(form, send) {
  const { draft } = form.dataset;
  if (draft && (!recallDraft(draft) || recallDraft(draft).body === send.words)) forgetDraft(draft);
}

function failed(form, words) {
  if (form.matches(".undo")) return say(words);
  form.closest("#writing").hidden = false;
  showFailure(form, words);
}

function refused(form) {
  if (form.matches(".undo")) return;
  const answer = document.querySelector("#writing form");
  if (answer) shown.cameBack(answer);
}

async function resend(form, send) {
  if ("renewed" in form.dataset) return failed(form, TROUBLE);
  form.dataset.renewed = "";
  try {
    if (await renewToken(form)) return form.requestSubmit(send.pressed);
  } catch {
    return failed(form, OFFLINE);
  }
  return failed(form, TROUBLE);
}
