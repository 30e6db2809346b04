// The bar beside selected words: Note, Highlight, Copy link. On touch screens it is at the foot.
import { announce } from "../pages/status.js";
import { numberOf } from "../reading/passages.js";
import { selectedWords } from "./selection.js";
import { formAddress, placeAddress } from "./writing-address.js";
import { styleLoaded } from "./writing-style.js";

const DEBOUNCE_MS = 120;
const passages = document.querySelector(".passages");
const canWriteHere = document.body.matches(".reading");
const touch = matchMedia("(hover: none) and (pointer: coarse)");
const bar = document.createElement("section");
bar.className = "select-bar";
bar.setAttribute("aria-label", "Selected words");
bar.hidden = true;
bar.innerHTML = [
  '<button type="button" data-act="note">Note</button>',
  '<button type="button" data-act="highlight">Highlight</button>',
  '<button type="button" data-act="copy">Copy link</button>',
  "<p></p>",
].join("");
let words = null;
let isPressed = false;
let timer = 0;

/** The selected words. A touch may already have ended the selection: then those that the bar is for. */
export const selected = () => selectedWords() ?? words;

function position() {
  const lines = [...getSelection().getRangeAt(0).getClientRects()].filter((line) => line.width);
  const frame = passages.getBoundingClientRect();
  const first = lines[0];
  const last = lines.at(-1);
  const below = last.bottom + bar.offsetHeight + 16 < innerHeight;
  const top = below ? last.bottom + 8 : Math.max(first.top, 56) - bar.offsetHeight - 8;
  const left = Math.min(below ? last.right - bar.offsetWidth / 2 : first.left, innerWidth - bar.offsetWidth - 16);
  bar.style.setProperty("--top", `${Math.round(top - frame.top)}px`);
  bar.style.setProperty("--start", `${Math.round(Math.max(left, 16) - frame.left)}px`);
}

function hide() {
  bar.hidden = true;
  words = null;
}

async function update() {
  await styleLoaded;
  if (isPressed) return;
  const selection = selectedWords();
  if (!selection) return bar.contains(document.activeElement) ? null : hide();
  words = selection;
  bar.querySelector("p").textContent = words.across
    ? `Only the words in passage ${numberOf(words.passage)}: a note belongs to one passage.`
    : "";
  const place = touch.matches ? document.getElementById("main") : words.passage.closest(".run");
  // A button that is moved in the page while it is pressed is not clicked, and loses the focus.
  if (bar.previousElementSibling !== place) place.after(bar);
  bar.hidden = false;
  if (!touch.matches) position();
}

function updateSoon() {
  clearTimeout(timer);
  timer = setTimeout(update, DEBOUNCE_MS);
}

/** Open the form for words (`action` "note") or highlight them. Only on the essay's page this is done in place. */
export async function act(action, chosen = selected()) {
  hide();
  getSelection().removeAllRanges();
  const more = action === "highlight" ? { highlight: "1" } : {};
  if (!canWriteHere) return location.assign(formAddress(chosen, more));
  const writing = await import("./writing.js");
  return action === "highlight" ? writing.highlight(chosen) : writing.writeOn(chosen);
}

async function copy() {
  const address = placeAddress(words);
  try {
    await navigator.clipboard.writeText(address);
    announce("Link to these words copied.");
  } catch {
    history.replaceState(history.state, "", address);
    announce("The address of these words stands in the address bar.");
  }
  hide();
}

bar.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  isPressed = true;
});
bar.addEventListener("click", ({ target }) => {
  const action = target.closest("button")?.dataset.act;
  if (!action || !words) return;
  if (action === "copy") copy();
  else act(action);
});
document.addEventListener("selectionchange", updateSoon);
document.addEventListener("pointermove", ({ pointerType, buttons }) => {
  isPressed = pointerType === "mouse" && Boolean(buttons & 1);
});
for (const ending of ["pointerup", "pointercancel"]) {
  document.addEventListener(ending, () => {
    isPressed = false;
    updateSoon();
  });
}
addEventListener("resize", updateSoon);
document.addEventListener("close-topmost", (event) => {
  if (event.detail !== "bar" || bar.hidden) return;
  event.preventDefault();
  hide();
  getSelection().removeAllRanges();
});
updateSoon();
