// A text that is being brought in is cut again where one works on it, and the rest stays put.

const form = document.querySelector("#bring");
const count = form.querySelector("[data-count]");
let asking = null;
let waiting = 0;
let leaving = false;
let touched = false;

/** Ask for the passages as they are cut now; the answer is the page that a form without script gets. */
async function recut(place, focus, submitter) {
  stop();
  const mine = (asking = new AbortController());
  const cut = form.querySelector("#cut");
  cut.setAttribute("aria-busy", "true");
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  try {
    const answer = await fetch(form.dataset.cut, { method: "POST", body, signal: mine.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#cut");
    if (!answer.ok || !fresh) throw new Error("no passages");
    show(cut, fresh, page, place, focus);
  } catch (error) {
    if (error.name === "AbortError") return;
    // The page itself says what is wrong.
    cut.removeAttribute("aria-busy");
    leaving = true;
    form.action = form.dataset.cut;
    HTMLFormElement.prototype.submit.call(form);
  }
}

function stop() {
  clearTimeout(waiting);
  asking?.abort();
  form.querySelector("#cut").removeAttribute("aria-busy");
}

function show(cut, fresh, page, place, focus) {
  const top = (row) => row?.getBoundingClientRect().top ?? 0;
  const before = top(document.getElementById(`cut-${place}`));
  const focused = focus ?? document.activeElement?.id;
  const open = [...cut.querySelectorAll(".words[open] summary")].map(({ id }) => id);
  cut.replaceWith(document.adoptNode(fresh));
  if (!page.getElementById("first-lines")) document.getElementById("first-lines")?.remove();
  // After a merge or a split they would be those of other passages.
  for (const id of focus ? [] : open) document.getElementById(id).parentElement.open = true;
  ready();
  const row = document.getElementById(`cut-${place}`);
  if (place !== undefined) window.scrollBy({ top: top(row) - before, behavior: "instant" });
  (document.getElementById(focused) ?? row)?.focus({ preventScroll: true });
  const { said, unsettled } = fresh.dataset;
  count.textContent = unsettled === "0" ? said : `${said} · ${unsettled} to settle`;
}

/** What only a script can do is offered. */
function ready() {
  for (const button of form.querySelectorAll("[data-split]")) button.hidden = false;
}

const placeOf = (element) => element.closest(".passage-row")?.id.slice("cut-".length);

form.addEventListener("input", () => {
  touched = true;
  stop();
});

// Pressing a button takes the focus from a field first: what is pressed must not be replaced by then.
form.addEventListener("change", ({ target }) => {
  if (target.matches("[data-recut], [name=source]")) waiting = setTimeout(recut, 300, placeOf(target));
});

form.addEventListener("click", (event) => {
  const split = event.target.closest("[data-split]");
  if (!split) return;
  const words = split.closest(".words").querySelector("textarea");
  words.setRangeText("\n\n", words.selectionStart, words.selectionEnd, "end");
  recut(placeOf(split), "row");
});

form.addEventListener("submit", (event) => {
  const pressed = event.submitter;
  if (pressed?.matches("button[data-recut]")) {
    event.preventDefault();
    touched = true;
    recut(placeOf(pressed), pressed.name === "merge" ? "row" : undefined, pressed);
  } else {
    stop();
    leaving = true;
  }
});

window.addEventListener("beforeunload", (event) => {
  if (touched && !leaving) event.preventDefault();
});

ready();
