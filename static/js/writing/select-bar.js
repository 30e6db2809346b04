// The bar by selected words: Note, Highlight, Copy link. On touch it stands at the foot.
import { nameOf, selectedWords } from "./selection.js";
import { say } from "../pages/status.js";
import { styled } from "./writing-style.js";
import { formAddress, placeAddress } from "./writing-address.js";

const SETTLED = 120;
const passages = document.querySelector(".passages");
const onPage = document.body.matches(".reading");
const touch = matchMedia("(hover: none) and (pointer: coarse)");
const bar = document.createElement("section");
bar.className = "select-bar";
bar.setAttribute("aria-label", "Selected words");
bar.hidden = true;
bar.innerHTML =
  '<button type="button" data-act="note">Note</button><button type="button" data-act="highlight">Highlight</button><button type="button" data-act="copy">Copy link</button><p></p>';
let words = null;
let held = false;
let timer = 0;

// What the bar knows may be older by a moment; on touch the selection may be gone by then.
export const selected = () => selectedWords() ?? words;

function stand() {
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
  await styled;
  if (held) return;
  const found = selectedWords();
  if (!found) return bar.contains(document.activeElement) ? null : hide();
  words = found;
  bar.querySelector("p").textContent = found.across
    ? `Only the words in ${nameOf(found.passage)}: a note belongs to one passage.`
    : "";
  (touch.matches ? document.getElementById("main") : found.passage.closest(".run")).after(bar);
  bar.hidden = false;
  if (!touch.matches) stand();
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(update, SETTLED);
}

/** Write on the selected words, or highlight them; on a passage's own page by its form. */
export async function act(what, chosen = selected()) {
  hide();
  getSelection().removeAllRanges();
  const more = what === "highlight" ? { highlight: "1" } : {};
  if (!onPage) return location.assign(formAddress(chosen, more));
  const writing = await import("./writing.js");
  return what === "highlight" ? writing.highlight(chosen) : writing.writeOn(chosen);
}

async function copy() {
  const address = placeAddress(words);
  try {
    await navigator.clipboard.writeText(address);
    say("Link to these words copied.");
  } catch {
    history.replaceState(history.state, "", address);
    say("The address of these words stands in the address bar.");
  }
  hide();
}

bar.addEventListener("pointerdown", (event) => event.preventDefault());
bar.addEventListener("click", ({ target }) => {
  const what = target.closest("button")?.dataset.act;
  if (!what || !words) return;
  if (what === "copy") copy();
  else act(what);
});
document.addEventListener("selectionchange", soon);
document.addEventListener("pointermove", ({ pointerType, buttons }) => {
  held = pointerType === "mouse" && Boolean(buttons & 1);
});
document.addEventListener("pointerup", () => {
  held = false;
  soon();
});
addEventListener("resize", soon);
document.addEventListener("close-topmost", (event) => {
  if (event.detail !== "bar" || bar.hidden) return;
  event.preventDefault();
  hide();
  getSelection().removeAllRanges();
});
soon();
