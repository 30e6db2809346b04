// The modules for writing are loaded on first use: words selected, a link pressed, a draft left here.
import { leave } from "../cards/cards.js";
import { recall, storedKeys } from "../pages/memory.js";
import "../pages/tab.js";
import { opensElsewhere } from "./links.js";
import { passageAt } from "./passages.js";

const canWriteHere = document.querySelector("body.reading .passages") !== null;
const isDraft = document.querySelector(".draft-banner") !== null;

function onFirstSelection() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.anchorNode?.parentElement?.closest(".passages")) return;
  document.removeEventListener("selectionchange", onFirstSelection);
  import("../writing/select-bar.js");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-form]");
  if (!link || event.defaultPrevented || opensElsewhere(event)) return;
  const passage = canWriteHere && passageAt(link.href);
  if (!passage) return;
  event.preventDefault();
  leave();
  import("../writing/writing.js").then(({ openLink }) => openLink(link, passage));
});

if (document.querySelector(".passages") && !isDraft) {
  document.addEventListener("selectionchange", onFirstSelection);
  // Words may have been selected while this module was on its way.
  onFirstSelection();
  document.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && !event.button && event.target.closest(".text a")) {
      import("../writing/select-in-links.js").then(({ begin }) => begin(event));
    }
  });
}
const SESSION = "sessionStorage";
if (recall("along", SESSION) || recall("signing-out", SESSION) || document.body.dataset.claimed) import("../pages/drafts.js");
if (document.querySelector("[data-signs-out]")) import("../writing/sign-out.js");
if (document.querySelector("main .note-form [name=body]")) import("../writing/page-form.js");
else if (canWriteHere) {
  const isDraftHere = (key) => key.startsWith("sv-draft-") && key.includes(`/${document.body.dataset.essay}/`);
  if (recall("writing", SESSION) || storedKeys().some(isDraftHere)) import("../writing/draft-offer.js");
}
