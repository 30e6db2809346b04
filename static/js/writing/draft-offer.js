// What was being written here: after a reload its form opens again, on a later visit it is offered.
import { draftsOf, forgetDraft } from "./drafts.js";
import { recall } from "../pages/memory.js";
import { nameOf } from "./selection.js";
import { closedVeilOver } from "../reading/veil.js";
import { openForm } from "./writing.js";

const { essay, account } = document.body.dataset;

function button(words, act) {
  const one = document.createElement("button");
  one.type = "button";
  one.textContent = words;
  one.addEventListener("click", act);
  return one;
}

function offer(draft) {
  const passage = document.getElementById(draft.address.split("/")[2]);
  if (!passage) return;
  const toast = document.createElement("div");
  toast.className = "toast draft";
  toast.setAttribute("role", "status");
  const goOn = button("Go on", () => {
    toast.remove();
    const query = new URL(draft.address, location.href).searchParams;
    openForm(draft.address, { passage, start: Number(query.get("start")), end: Number(query.get("end")) });
  });
  const discard = button("Discard", () => {
    toast.remove();
    forgetDraft(draft.name);
  });
  toast.append(`You began to write beside ${nameOf(passage)}.`, goOn, discard);
  document.body.append(toast);
}

const open = JSON.parse(recall("writing", "sessionStorage") || "null");
const passage = open && document.getElementById(open.key);
const mine = !open?.account || open.account === account;
if (passage && mine && !closedVeilOver(passage)) openForm(open.address, { passage }, { quietly: true });
else {
  const [newest] = draftsOf(essay, account);
  if (newest) offer(newest);
}
