// Drafts: the words typed into a form, kept on this device until they are saved or discarded.
import { recall, remember } from "../pages/memory.js";

const PREFIX = "draft-";
const FIELDS = ["body", "colour", "audience", "seen"];
const OWNER = /^@\d+/;

/** The name of a draft: of one form, whatever else its address says, and of one account. */
export function draftOf(address, account = "") {
  const { pathname, searchParams } = new URL(address, location.href);
  const exact = searchParams.get("exact");
  const words = exact ? `${searchParams.get("start")} ${exact}` : searchParams.get("choice") ?? "";
  return `${account && `@${account}`}${pathname}${words && `?${words}`}`;
}

export function recallDraft(name) {
  try {
    return JSON.parse(recall(PREFIX + name) || "null");
  } catch {
    return null;
  }
}

export const forgetDraft = (name) => remember(PREFIX + name, "");

/** Keep the fields of a form. With `sent`, its key too: sent again, it makes no second note. */
export function keepDraft(form, { sent = false } = {}) {
  const { draft: name, address } = form.dataset;
  if (!name) return;
  const values = new FormData(form);
  const draft = { address, at: Date.now() };
  for (const field of FIELDS) draft[field] = values.get(field);
  if (sent) draft.token = values.get("token");
  if (draft.body?.trim() && draft.body !== form.dataset.asServed) remember(PREFIX + name, JSON.stringify(draft));
  else forgetDraft(name);
}

/** Put its draft into a form; true if that changed its words. */
export function restoreDraft(form) {
  const { draft: name } = form.dataset;
  // A guest may sign in to go on writing: the guest's draft becomes the account's.
  const from = recallDraft(name) ? name : name.replace(OWNER, "");
  const draft = recallDraft(from);
  if (!draft || form.elements.body.value === draft.body) return false;
  form.elements.body.value = draft.body;
  for (const field of ["colour", "audience", "seen", "token"]) {
    if (draft[field] && form.elements[field]) form.elements[field].value = draft[field];
  }
  if (from !== name) {
    keepDraft(form, { sent: Boolean(draft.token) });
    forgetDraft(from);
  }
  return true;
}

/** The drafts of new notes on an essay, of this account or of guests, newest first. */
export function draftsOf(essay, account = "") {
  const starts = ["", account && `@${account}`].map((owner) => `sv-${PREFIX}${owner}/${essay}/`);
  try {
    const names = Object.keys(localStorage).filter((key) => starts.some((start) => key.startsWith(start)));
    const drafts = names.map((key) => ({ name: key.slice(`sv-${PREFIX}`.length), ...JSON.parse(localStorage[key]) }));
    return drafts.sort((one, other) => other.at - one.at);
  } catch {
    return [];
  }
}
