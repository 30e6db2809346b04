// What is typed at the desk is kept on this device until it is saved, and not left without a question.
import { createElement } from "../pages/create-element.js";
import { discard, everyDraftOf, findDraft, removeDraft, removeOnceSignedOut, storeDraft } from "../pages/drafts.js";
import { recall, remember } from "../pages/memory.js";
import { draftName, fieldsOf, isKept, showUnsaved } from "./form-fields.js";

const SENT = "desk-sent";
const meta = (name) => document.querySelector(`meta[name=${name}]`)?.content ?? "";
const person = meta("person");
const textOf = (form) => JSON.stringify(fieldsOf(form));
const served = new WeakMap(); // Each form's fields as they were served.
const unsaved = new Set();
let isLeaving = false;

function keep(form) {
  isLeaving = false;
  if (served.get(form) === textOf(form) && !("unsaved" in form.dataset)) {
    if (!("offered" in form.dataset)) removeDraft(person, draftName(form));
    unsaved.delete(form);
    return;
  }
  unsaved.add(form);
  // What was typed before must not be written over while it is still offered.
  if ("offered" in form.dataset) return;
  const title = document.querySelector("#content h1")?.textContent.trim() ?? "";
  storeDraft(person, draftName(form), location.pathname + location.search, { title, fields: fieldsOf(form) });
}

function offer(form, draft) {
  const at = new Date(draft.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  const putBack = createElement("button", { type: "button", className: "button", textContent: "Put it back" });
  const away = createElement("button", { type: "button", className: "button quiet", textContent: "Discard it" });
  const text = `What was typed here was not saved: ${at}. `;
  const line = createElement("p", { className: "draft-offer", role: "status" }, text, putBack, " ", away);
  putBack.addEventListener("click", () => {
    isLeaving = true;
    discard(draft);
    storeDraft(person, draftName(form), draft.address, { title: draft.title, fields: draft.fields });
    showUnsaved(form, draft.fields);
  });
  away.addEventListener("click", () => {
    discard(draft);
    line.remove();
    delete form.dataset.offered;
    keep(form);
  });
  form.dataset.offered = "";
  form.before(line);
}

/** A page that answers a form shows what was typed: it is not saved, and it is the draft from now on. */
function begin(form) {
  served.set(form, textOf(form));
  if (meta("answers-form")) {
    const isSent = recall(SENT, "sessionStorage") === draftName(form);
    if (isSent || findDraft(person, draftName(form))) {
      form.dataset.unsaved = "";
      keep(form);
    }
    return;
  }
  const draft = findDraft(person, draftName(form));
  if (draft && JSON.stringify(draft.fields) !== served.get(form)) offer(form, draft);
}

/** The server says once which form was saved: this must not wait for the pictures of the page. */
function removeSaved() {
  const sent = recall(SENT, "sessionStorage").replace("#gate", "");
  if (!sent || sent.split("?")[0] !== meta("saved-form")) return;
  for (const form of [sent, `${sent}#gate`]) removeDraft(person, form);
}

function start() {
  for (const form of document.forms) if (isKept(form)) begin(form);
  if (meta("saved-form") || meta("answers-form")) remember(SENT, "", "sessionStorage");
}

function onInput({ target }) {
  const form = target.form ?? target.closest?.("form");
  if (isKept(form)) keep(form);
}

if (person) {
  removeSaved();
  addEventListener("load", start);
  addEventListener("pageshow", () => (isLeaving = false));
  document.addEventListener("input", onInput);
  document.addEventListener("change", onInput);
  // Rows of a form are added, moved and taken away by buttons.
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("form button[type=button]");
    if (button && served.has(button.form)) keep(button.form);
  });
  // A form that htmx has put into the page is as it was served until somebody comes to it.
  document.addEventListener("focusin", ({ target }) => {
    if (isKept(target.form) && !served.has(target.form)) served.set(target.form, textOf(target.form));
  });
  // On the window, to come after the listeners that send a form otherwise.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.id === "logout-form") return askBeforeSigningOut(event);
    if (form.method !== "post" || [...unsaved].some((one) => one !== form && one.isConnected)) return;
    remember(SENT, draftName(form), "sessionStorage");
    isLeaving = true;
    if (document.body.matches(".popup")) removeDraft(person, draftName(form));
  });
  addEventListener("beforeunload", (event) => {
    const isOutdated = "outdated" in document.documentElement.dataset; // See same-person.js.
    if (!isLeaving && !isOutdated && [...unsaved].some((form) => form.isConnected)) event.preventDefault();
  });
}

function askBeforeSigningOut(event) {
  const titles = everyDraftOf(person).map(({ title, body, address }) => title ?? body ?? address);
  const question = `Not saved yet: ${titles.join("; ")}. Sign out, and remove what was typed from this device?`;
  if (titles.length && !confirm(question)) return event.preventDefault();
  removeOnceSignedOut(person);
  isLeaving = true;
}
