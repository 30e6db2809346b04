// Writing beside the text: opens, saves and closes the form in the sheet.
import { createElement } from "../pages/create-element.js";
import { recall, remember } from "../pages/memory.js";
import { announce } from "../pages/status.js";
import { opensElsewhere } from "../reading/links.js";
import { focusOn } from "../reading/passages.js";
import { draftName, forgetDraft, personOf } from "./drafts.js";
import { prepareForm } from "./form.js";
import { restore, stateOf } from "./run-state.js";
import { setHost } from "./saving.js";
import { focusIn, isWriting, quoteWords, removeSheet, sheet, showSheet } from "./sheet.js";
import { formAddress } from "./writing-address.js";

const OPEN = "writing";
let state = null;
let latest = 0;

function showNotFetched(address, subject) {
  const again = createElement("button", { className: "pill", textContent: "Try again" });
  again.addEventListener("click", () => openForm(address, subject));
  const message = "The form could not be fetched: no connection. ";
  sheet.hidden = false;
  sheet.querySelector(".sheet-form").replaceChildren(
    createElement("p", { className: "note-form", role: "alert" }, message, again),
  );
  again.focus({ preventScroll: true });
}

/** Fetch the form at an address and show it; `quietly` leaves focus and scroll position alone. */
export async function openForm(address, subject, { quietly = false, unseen = false } = {}) {
  const opener = isWriting() ? state.opener : document.activeElement;
  close({ quietly: true });
  const request = ++latest;
  state = { passage: subject.passage, element: subject.element, opener, address };
  showSheet({ start: 0, end: 0, ...subject }, { unseen });
  const stage = sheet.querySelector(".sheet-form");
  await htmx.ajax("GET", address, { source: stage, target: stage, swap: "innerHTML ignoreTitle:true" });
  if (request !== latest) return null;
  const form = stage.querySelector("form");
  if (!form) {
    showNotFetched(address, subject);
    return null;
  }
  form.dataset.address = address;
  if (!unseen) form.dataset.draft = draftName(address);
  quoteWords(form);
  prepareForm(form);
  if (unseen) return form;
  const person = personOf(form);
  remember(OPEN, JSON.stringify({ address, key: subject.passage.id, person }), "sessionStorage");
  if (!quietly) focusIn(form);
  return form;
}

export const writeOn = (words) => openForm(formAddress(words), words);

/** Save a highlight at once, in the colour that was used last; the form shows only if that fails. */
export async function highlight(words) {
  const form = await openForm(formAddress(words, { highlight: "1" }), words, { unseen: true });
  if (!form) return;
  if (recall("colour")) form.elements.colour.value = recall("colour");
  form.requestSubmit();
}

function close({ quietly = false, discard = false } = {}) {
  if (!sheet.isConnected) return;
  const form = sheet.querySelector("form");
  const { body } = form?.elements ?? {};
  const isTyped = body?.value.trim() && body.value !== form.dataset.asServed;
  if (discard && form?.dataset.draft) forgetDraft(form);
  removeSheet();
  remember(OPEN, "", "sessionStorage");
  latest += 1;
  if (quietly) return;
  if (isTyped) announce(discard ? "Discarded." : "Closed. Your words are kept here as a draft.");
  const { opener, passage } = state;
  if (opener?.isConnected && opener !== document.body) opener.focus({ preventScroll: true });
  else focusOn(passage);
}

/** Open the form that a link leads to, beside the passage of this page that it is for. */
export function openLink(link, passage) {
  const query = new URL(link.href).searchParams;
  const [start, end] = [Number(query.get("start")), Number(query.get("end"))];
  const element = link.closest(".note, .margin p") ?? (isWriting() ? state.element : null);
  return openForm(link.getAttribute("href"), { passage, start, end, element });
}

setHost({
  sending(form) {
    const { colour } = form.elements;
    if (colour?.value) remember("colour", colour.value);
    return stateOf(document.querySelector(form.dataset.hxTarget));
  },
  cameBack(form) {
    sheet.hidden = false;
    form.dataset.address = state.address;
    form.dataset.draft = draftName(state.address);
    const signIn = form.querySelector(".hint a[href*='?next=']");
    if (signIn) signIn.search = new URLSearchParams({ next: state.address });
    quoteWords(form);
    prepareForm(form);
    focusIn(form);
  },
  saved(form, runState) {
    close({ quietly: true });
    restore(runState, form);
  },
});
sheet.addEventListener("click", (event) => {
  if (!event.target.closest("[data-discard]") || opensElsewhere(event)) return;
  event.preventDefault();
  close({ discard: true });
});
document.addEventListener("close-topmost", (event) => {
  if (event.detail !== "form" || !isWriting()) return;
  event.preventDefault();
  close();
});
