// The draft of a form for a note or reply.
import { discard, findDraft, removeDraft, storeDraft } from "../pages/drafts.js";

const FIELDS = ["body", "colour", "audience", "seen"];

/** The name of a form in drafts: it is the same form whatever else its address says. */
export function draftName(address) {
  const { pathname, searchParams } = new URL(address, location.href);
  const exact = searchParams.get("exact");
  const words = exact ? `${searchParams.get("start")} ${exact}` : searchParams.get("choice") ?? "";
  return `${pathname}${words && `?${words}`}`;
}

export const personOf = (form) => form.elements.person.value;
export const recallDraft = (form) => findDraft(personOf(form), form.dataset.draft);
export const forgetDraft = (form) => removeDraft(personOf(form), form.dataset.draft);

/** Keep the fields of a form. With `sent`, its token too: sent again, it makes no second note. */
export function keepDraft(form, { sent = false } = {}) {
  const { draft: name, address } = form.dataset;
  if (!name) return;
  const values = new FormData(form);
  const draft = Object.fromEntries(FIELDS.map((field) => [field, values.get(field)]));
  if (sent) draft.token = values.get("token");
  if (draft.body?.trim() && draft.body !== form.dataset.asServed) storeDraft(personOf(form), name, address, draft);
  else forgetDraft(form);
}

/** Put its draft into a form; true if that changed its words. */
export function restoreDraft(form) {
  const draft = recallDraft(form);
  if (!draft || form.elements.body.value === draft.body) return false;
  form.elements.body.value = draft.body;
  for (const field of ["colour", "audience", "seen", "token"]) {
    if (draft[field] && form.elements[field]) form.elements[field].value = draft[field];
  }
  // It may be the draft of another tab, which is closed now.
  discard(draft);
  keepDraft(form, { sent: Boolean(draft.token) });
  return true;
}
