// A run that the server has drawn anew: what this page knew of the old one, and where focus goes.
import { forgetCards } from "../cards/fetch-card.js";
import { apply, turnOn } from "../reading/layers.js";
import { unlight } from "../reading/light.js";
import { relayout } from "../reading/margins.js";
import { say } from "../pages/status.js";

const notesIn = (run) => [...run.querySelectorAll(".margin [id^='note-']")];

/** What is to be kept of a run while it is swapped. */
export function before(run) {
  const open = [...run.querySelectorAll(".margin")].map((margin) => [
    margin.dataset.margin,
    margin.querySelector("details")?.open,
  ]);
  return {
    id: run.id,
    open: new Map(open),
    lit: new Set([...run.querySelectorAll(".passage.lit")].map((one) => one.id)),
    notes: new Set(notesIn(run).map((note) => note.outerHTML)),
  };
}

/** Settle the new run, and go to the note that was written. */
export function after(kept, form) {
  const run = document.getElementById(kept.id);
  unlight();
  forgetCards();
  for (const one of run.querySelectorAll(".passage")) one.classList.toggle("lit", kept.lit.has(one.id));
  const written = noteOf(form, run, kept.notes);
  if (written?.matches(".mine")) turnOn("mine");
  apply(run);
  const beside = getComputedStyle(run).getPropertyValue("--beside").trim() === "1";
  for (const details of run.querySelectorAll(".margin > details")) {
    const was = kept.open.get(details.parentElement.dataset.margin);
    details.open = beside || Boolean(was) || details.contains(written);
  }
  relayout(run);
  const { textContent: said } = document.getElementById("status");
  if (said) say(said);
  const place = written ?? run.querySelector(".passage");
  if (!place.matches("[tabindex]")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

function noteOf(form, run, known) {
  const id = form.dataset.note ?? form.id.match(/^note-(\d+)$/)?.[1];
  const fresh = notesIn(run).filter((note) => !known.has(note.outerHTML));
  return (id && document.getElementById(`note-${id}`)) || fresh.find((note) => note.matches(".undo, .mine")) || null;
}
