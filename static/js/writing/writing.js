// Writing beside the text: the form comes when it is wanted, and goes when it is done with.
import { draftOf, forgetDraft } from "./drafts.js";
import { ready } from "./form.js";
import { recall, remember } from "../pages/memory.js";
import { setHost } from "./saving.js";
import { focusIn, host, isWriting, putBeside, settle, takeAway } from "./sheet.js";
import { before, after } from "./swapped.js";
import { say } from "../pages/status.js";
import { formAddress } from "./writing-address.js";

const OPEN = "writing";
let state = null;
let asked = 0;

async function load(address) {
  const stage = host.querySelector(".sheet-form");
  await htmx.ajax("GET", address, { source: stage, target: stage, swap: "innerHTML ignoreTitle:true" });
  return stage.querySelector("form");
}

function notFetched(address, where) {
  const line = document.createElement("p");
  line.className = "note-form";
  line.setAttribute("role", "alert");
  const again = document.createElement("button");
  again.className = "pill";
  again.textContent = "Try again";
  again.addEventListener("click", () => openForm(address, where));
  line.append("The form could not be fetched: no connection. ", again);
  host.hidden = false;
  host.querySelector(".sheet-form").replaceChildren(line);
  again.focus({ preventScroll: true });
}

/** Fetch the form at an address and show it; `quietly` leaves focus and the page where they are. */
export async function openForm(address, where, { quietly = false, unseen = false } = {}) {
  const opener = isWriting() ? state.opener : document.activeElement;
  close({ quietly: true });
  const mine = ++asked;
  state = { passage: where.passage, beside: where.beside, opener, address };
  putBeside({ start: 0, end: 0, ...where }, { unseen });
  const form = await load(address);
  if (mine !== asked) return null;
  if (!form) {
    notFetched(address, where);
    return null;
  }
  form.dataset.address = address;
  if (!unseen) form.dataset.draft = draftOf(address, form.dataset.account);
  settle(form);
  ready(form);
  if (unseen) return form;
  const { account } = form.dataset;
  remember(OPEN, JSON.stringify({ address, key: where.passage.id, account }), "sessionStorage");
  if (!quietly) focusIn(form);
  return form;
}

export const writeOn = (words) => openForm(formAddress(words), words);

/** Save a highlight at once, in the colour chosen last; the form shows only if that fails. */
export async function highlight(words) {
  const form = await openForm(formAddress(words, { highlight: "1" }), words, { unseen: true });
  if (!form) return;
  if (recall("colour")) form.elements.colour.value = recall("colour");
  form.requestSubmit();
}

/** The form came back from the server with something to mend. */
export function cameBack(form) {
  host.hidden = false;
  form.dataset.address = state.address;
  form.dataset.draft = draftOf(state.address, form.dataset.account);
  const signIn = form.querySelector(".hint a[href*='?next=']");
  if (signIn) signIn.search = new URLSearchParams({ next: state.address });
  settle(form);
  ready(form);
  focusIn(form);
}

export function close({ quietly = false, discard = false } = {}) {
  if (!host.isConnected) return;
  const form = host.querySelector("form");
  const { body } = form?.elements ?? {};
  const typed = body?.value.trim() && body.value !== form.dataset.asServed;
  if (discard && form?.dataset.draft) forgetDraft(form.dataset.draft);
  takeAway();
  remember(OPEN, "", "sessionStorage");
  asked += 1;
  if (quietly) return;
  if (typed) say(discard ? "Discarded." : "Closed. Your words are kept here as a draft.");
  const { opener, passage } = state;
  const back = opener?.isConnected && opener !== document.body ? opener : passage;
  if (back === passage) passage.tabIndex = -1;
  back.focus({ preventScroll: true });
}

/** Open the form that a link leads to, beside the passage of this page that it is for. */
export function openLink(link, passage) {
  const query = new URL(link.href).searchParams;
  const [start, end] = [Number(query.get("start")), Number(query.get("end"))];
  const beside = link.closest(".note, .margin p") ?? (isWriting() ? state.beside : null);
  return openForm(link.getAttribute("href"), { passage, start, end, beside });
}

setHost({
  sending(form) {
    const { colour } = form.elements;
    if (colour?.value) remember("colour", colour.value);
    return before(document.querySelector(form.dataset.hxTarget));
  },
  cameBack,
  saved(form, run) {
    close({ quietly: true });
    after(run, form);
  },
});
host.addEventListener("click", (event) => {
  if (!event.target.closest("[data-discard]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  close({ discard: true });
});
document.addEventListener("close-topmost", (event) => {
  if (event.detail !== "form" || !isWriting()) return;
  event.preventDefault();
  close();
});
