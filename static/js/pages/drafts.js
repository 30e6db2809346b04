// What was typed into forms and not saved, kept on this device. A draft belongs to one person and one
// tab (product law 9); before somebody's first save there is no person yet, and it belongs to the tab.
import { recall, remember, storedKeys } from "./memory.js";
import { formerTab, tab } from "./tab.js";

const PREFIX = "draft-";
const KEY = /^sv-(draft-([^|]*)\|([^|]*)\|(.*))$/s;
const SESSION = "sessionStorage";
const MINUTE = 60_000;
/** After this time another tab may go on with a draft: its own tab may have crashed. */
const ABANDONED = 10 * MINUTE;
/** After this time a draft is removed that belongs to a closed tab, and to nobody. */
const UNREACHABLE = 7 * 24 * 60 * MINUTE;

const keyOf = (person, form) => `${PREFIX}${person}|${tab}|${form}`;
const isHere = (draft) => draft.tab === tab || draft.tab === formerTab;
const isAccount = (person) => person.startsWith("a");

function allDrafts() {
  return storedKeys().flatMap((stored) => {
    const [, key, person, ofTab, form] = stored.match(KEY) ?? [];
    try {
      return key ? [{ ...JSON.parse(recall(key)), key, person, tab: ofTab, form }] : [];
    } catch {
      return [];
    }
  });
}

function mayGoOn(draft, person) {
  if (!draft.person) return isHere(draft) && !isAccount(person);
  return draft.person === person && (isHere(draft) || draft.left || Date.now() - draft.at > ABANDONED);
}

/** The drafts with which a person ("" for nobody yet) may go on in this tab: its own first, then the newest. */
export function draftsOf(person) {
  const drafts = allDrafts().filter((draft) => mayGoOn(draft, person));
  return drafts.sort((one, other) => (other.tab === tab) - (one.tab === tab) || other.at - one.at);
}

/** All drafts of a person, in whatever tab. */
export const everyDraftOf = (person) => allDrafts().filter((draft) => person && draft.person === person);

export const findDraft = (person, form) => draftsOf(person).find((draft) => draft.form === form) ?? null;

/** Keep `values` as the draft of a form, under the name of the form; `address` is where it is. */
export function storeDraft(person, form, address, values) {
  remember(keyOf(person, form), JSON.stringify({ ...values, address, at: Date.now() }));
}

export const removeDraft = (person, form) => remember(keyOf(person, form), "");
export const discard = (draft) => remember(draft.key, "");

/** Let the draft of a form go along with whoever signs in next, if that leads back to the form. */
export const takeAlong = (form) => remember("along", form, SESSION);

/** Remove the drafts of a person once they are signed out. */
export const removeOnceSignedOut = (person) => remember("signing-out", person, SESSION);

function move(draft, person) {
  const { key, person: before, tab: ofTab, form, ...values } = draft;
  discard(draft);
  remember(keyOf(person, form), JSON.stringify(values));
}

/** After signing in or out: whose are the drafts now? */
function settle({ person = "", claimed = "" }) {
  const along = recall("along", SESSION);
  const gone = recall("signing-out", SESSION);
  for (const draft of allDrafts()) {
    const isFormOfThisPage = new URL(draft.address, location.href).pathname === location.pathname;
    const comesAlong = !draft.person && isHere(draft) && draft.form === along && isFormOfThisPage;
    const isClaimed = draft.person && draft.person === claimed;
    const isUnreachable = !draft.person && !isHere(draft) && Date.now() - draft.at > UNREACHABLE;
    if (isUnreachable || (draft.person && draft.person === gone && gone !== person)) discard(draft);
    else if (isAccount(person) && (comesAlong || isClaimed)) move(draft, person);
  }
  remember("along", "", SESSION);
  remember("signing-out", "", SESSION);
}

/** Other tabs may go on with the drafts of a page that was left. */
function setLeft(left) {
  for (const { key, person, tab: ofTab, form, ...values } of allDrafts()) {
    if (ofTab === tab) remember(key, JSON.stringify({ ...values, left }));
  }
}

if (!location.pathname.startsWith("/accounts/")) settle(document.body.dataset);
addEventListener("pagehide", () => setLeft(true));
addEventListener("pageshow", ({ persisted }) => persisted && setLeft(false));
