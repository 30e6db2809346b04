// An unfinished note: after a reload its form opens again, on a later visit it is offered in a toast.
import { createElement } from "../pages/create-element.js";
import { discard as discardDraft, draftsOf } from "../pages/drafts.js";
import { recall } from "../pages/memory.js";
import { showToast } from "../pages/status.js";
import { numberOf, passageAt } from "../reading/passages.js";
import { closedVeilOver } from "../reading/veil.js";
import { openForm } from "./writing.js";

const { essay, person = "" } = document.body.dataset;

function offer(draft) {
  const passage = passageAt(draft.address);
  if (!passage) return;
  const goOn = createElement("button", { type: "button", textContent: "Go on" });
  goOn.addEventListener("click", () => {
    const query = new URL(draft.address, location.href).searchParams;
    openForm(draft.address, { passage, start: Number(query.get("start")), end: Number(query.get("end")) });
  });
  const discard = createElement("button", { type: "button", textContent: "Discard" });
  discard.addEventListener("click", () => discardDraft(draft));
  showToast(`You began to write beside passage ${numberOf(passage)}.`, [goOn, discard], "draft");
}

const open = JSON.parse(recall("writing", "sessionStorage") || "null");
const passage = open && document.getElementById(open.key);
const isMine = !open?.person || open.person === person;
if (passage && isMine && !closedVeilOver(passage)) openForm(open.address, { passage }, { quietly: true });
else {
  const newest = draftsOf(person).find((draft) => draft.form.startsWith(`/${essay}/`));
  if (newest) offer(newest);
}
