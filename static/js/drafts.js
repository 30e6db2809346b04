// What is being written, kept on this device until it is saved or discarded.
import { recall, remember } from "./memory.js";

const PREFIX = "draft-";
const FIELDS = ["body", "colour", "audience", "seen"];

/** One name for the form at an address, however its words are given. */
export function draftOf(address) {
  const { pathname, searchParams } = new URL(address, location.href);
  const exact = searchParams.get("exact");
  const words = exact ? `${searchParams.get("start")} ${exact}` : searchParams.get("choice") ?? "";
  return words ? `${pathname}?${words}` : pathname;
}

export function recallDraft(name) {
  try {
    return JSON.parse(recall(PREFIX + name) || "null");
  } catch {
    return null;
  }
}

export const forgetDraft = (name) => remember(PREFIX + name, "");

/** Keep what a form holds. With `sent`, its key too: sent again it makes no second note. */
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

/** Put a draft into a form that has just come; true if that changed its words. */
export function restoreDraft(form) {
  const draft = recallDraft(form.dataset.draft);
  if (!draft || form.elements.body.value === draft.body) return false;
  form.elements.body.value = draft.body;
  for (const field of ["colour", "audience", "seen", "token"]) {
    if (draft[field] && form.elements[field]) form.elements[field].value = draft[field];
  }
  return true;
}

/** The drafts of new notes beside passages of an essay, the newest first. */
export function draftsOf(essay) {
  const start = `sv-${PREFIX}/${essay}/`;
  try {
    const names = Object.keys(localStorage).filter((key) => key.startsWith(start));
    const found = names.map((key) => ({ name: key.slice(`sv-${PREFIX}`.length), ...JSON.parse(localStorage[key]) }));
    return found.sort((one, other) => other.at - one.at);
  } catch {
    return [];
  }
}
