// Writing is fetched when it is first wanted: words selected, a link pressed, a draft left here.
import { leave } from "../cards/cards.js";
import { recall, recalled } from "../pages/memory.js";

const here = document.querySelector("body.reading .passages");
const essay = document.body.dataset.essay;
const isDraft = document.querySelector(".draft-banner") !== null;
const writing = () => import("../writing/writing.js");

function whenSelected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.anchorNode?.parentElement?.closest(".passages")) return;
  document.removeEventListener("selectionchange", whenSelected);
  import("../writing/select-bar.js");
}

/** The passage of this page that a form is for. */
function passageFor(link) {
  const [, slug, key] = link.pathname.match(/^\/([^/]+)\/([^/]+)\/write\/$/) ?? [];
  if (key) return slug === essay ? document.getElementById(key) : null;
  const id = link.pathname.match(/^\/notes\/(\d+)\//)?.[1];
  const margin = document.getElementById(`note-${id}`)?.closest(".margin");
  return margin && document.getElementById(margin.dataset.margin);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-form]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const passage = here && passageFor(link);
  if (!passage) return;
  event.preventDefault();
  leave();
  writing().then(({ openLink }) => openLink(link, passage));
});

if (document.querySelector(".passages") && !isDraft) {
  document.addEventListener("selectionchange", whenSelected);
  document.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && !event.button && event.target.closest(".text a")) {
      import("../writing/select-in-links.js").then(({ begin }) => begin(event));
    }
  });
}
if (document.querySelector("main .note-form [name=body]")) import("../writing/page-form.js");
else if (here) {
  const ours = (key) => key.startsWith("sv-draft-") && key.includes(`/${essay}/`);
  const left = recall("writing", "sessionStorage") || recalled().some(ours);
  if (left) import("../writing/draft-offer.js");
}
