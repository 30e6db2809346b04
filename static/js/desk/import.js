// The passages of a text that is being imported are split anew while one works on it; the rest stays.

const form = document.querySelector("#bring");
const count = form.querySelector("[data-count]");
const DEBOUNCE_MS = 300;
let latest = 0;
let pause = 0;
let isLeaving = false;
let isTouched = false;

/** Fetch the passages as they are now, out of the page that a form without script gets. */
async function refresh(place, focus, submitter) {
  stop();
  const request = latest;
  const cut = form.querySelector("#cut");
  cut.setAttribute("aria-busy", "true");
  await htmx.ajax("POST", form.dataset.cut, {
    source: form, target: cut, select: "#cut", swap: "outerHTML settle:0", event: { submitter }, place, focus,
  });
  if (request !== latest || !cut.isConnected) return;
  // It failed: the page itself says what is wrong.
  cut.removeAttribute("aria-busy");
  isLeaving = true;
  form.action = form.dataset.cut;
  HTMLFormElement.prototype.submit.call(form);
}

function stop() {
  latest += 1;
  clearTimeout(pause);
  htmx.trigger(form, "htmx:abort");
  form.querySelector("#cut").removeAttribute("aria-busy");
}

const topOf = (row) => row?.getBoundingClientRect().top ?? 0;
const rowAt = (place) => document.getElementById(`cut-${place}`);

form.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  if (ctx.response.status >= 400 || !tasks[0].fragment.querySelector("#cut")) return event.preventDefault();
  const open = [...form.querySelectorAll("#cut .words[open] summary")].map(({ id }) => id);
  ctx.before = { open, top: topOf(rowAt(ctx.place)), focused: ctx.focus ?? document.activeElement?.id };
});

form.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const { open, top, focused } = ctx.before;
  if (!ctx.text.includes('id="first-lines"')) document.getElementById("first-lines")?.remove();
  // After a merge or a split they would be those of other passages.
  for (const id of ctx.focus ? [] : open) document.getElementById(id).parentElement.open = true;
  showScriptOnly();
  const row = rowAt(ctx.place);
  if (ctx.place !== undefined) window.scrollBy({ top: topOf(row) - top, behavior: "instant" });
  (document.getElementById(focused) ?? row)?.focus({ preventScroll: true });
  const { said, unsettled } = form.querySelector("#cut").dataset;
  count.textContent = unsettled === "0" ? said : `${said} · ${unsettled} to settle`;
});

function showScriptOnly() {
  for (const button of form.querySelectorAll("[data-split]")) button.hidden = false;
}

const placeOf = (element) => element.closest(".passage-row")?.id.slice("cut-".length);

form.addEventListener("input", () => {
  isTouched = true;
  stop();
});

// Pressing a button takes the focus from a field first: the button must not be replaced before its click.
form.addEventListener("change", ({ target }) => {
  if (target.matches("[data-recut], [name=source]")) pause = setTimeout(refresh, DEBOUNCE_MS, placeOf(target));
});

form.addEventListener("click", (event) => {
  const split = event.target.closest("[data-split]");
  if (!split) return;
  const words = split.closest(".words").querySelector("textarea");
  words.setRangeText("\n\n", words.selectionStart, words.selectionEnd, "end");
  refresh(placeOf(split), "row");
});

form.addEventListener("submit", (event) => {
  const { submitter } = event;
  if (submitter?.matches("button[data-recut]")) {
    event.preventDefault();
    isTouched = true;
    refresh(placeOf(submitter), submitter.name === "merge" ? "row" : undefined, submitter);
  } else {
    stop();
    isLeaving = true;
  }
});

window.addEventListener("beforeunload", (event) => {
  if (isTouched && !isLeaving) event.preventDefault();
});

showScriptOnly();
