// After a save the server sends the run again: its state on this page is kept over the swap.
import { forgetCards } from "../cards/fetch-card.js";
import { announce } from "../pages/status.js";
import { removeHighlight } from "../reading/highlight.js";
import { turnOn, updateTabStops } from "../reading/layers.js";
import { addRun, isBeside } from "../reading/margins.js";
import { focusOn } from "../reading/passages.js";

const notesIn = (run) => [...run.querySelectorAll(".margin [id^='note-']")];

/** The state of a run: which margins are open, which passages the lens marks, and its notes. */
export function stateOf(run) {
  const open = [...run.querySelectorAll(".margin")].map((margin) => [
    margin.dataset.margin,
    margin.querySelector("details")?.open,
  ]);
  return {
    id: run.id,
    open: new Map(open),
    marked: new Set([...run.querySelectorAll(".passage.lit")].map((passage) => passage.id)),
    notes: new Set(notesIn(run).map((note) => note.outerHTML)),
  };
}

/** Restore the state of a run that was swapped, and focus the note that `form` has written. */
export function restore(state, form) {
  const run = document.getElementById(state.id);
  removeHighlight();
  forgetCards();
  for (const passage of run.querySelectorAll(".passage")) {
    passage.classList.toggle("lit", state.marked.has(passage.id));
  }
  const note = noteOf(form, run, state.notes);
  if (note?.matches(".mine")) turnOn("mine");
  updateTabStops(run);
  const beside = isBeside();
  for (const details of run.querySelectorAll(".margin > details")) {
    const wasOpen = state.open.get(details.parentElement.dataset.margin);
    details.open = beside || Boolean(wasOpen) || details.contains(note);
  }
  addRun(run);
  const { textContent: message } = document.getElementById("status");
  if (message) announce(message);
  const place = note ?? run.querySelector(".passage");
  focusOn(place);
  place.scrollIntoView({ block: "nearest" });
}

/** The note that a form has written or changed: by its id, else the one of the reader's that is new. */
function noteOf(form, run, oldNotes) {
  const id = form.dataset.note ?? form.id.match(/^note-(\w{10})$/)?.[1];
  const fresh = notesIn(run).filter((note) => !oldNotes.has(note.outerHTML));
  return (id && document.getElementById(`note-${id}`)) || fresh.find((note) => note.matches(".undo, .mine")) || null;
}
