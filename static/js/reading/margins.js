// Margins beside the text may be longer than their passages: they push later margins down, never the text.

const GAP = 14;
const passages = document.querySelector(".passages");
let wasBeside = null;

/** Whether the page is wide enough for margins beside the text; the style sheets decide it. */
export const isBeside = () => getComputedStyle(passages).getPropertyValue("--beside").trim() === "1";

function layOut() {
  const beside = isBeside();
  if (beside !== wasBeside) {
    // When the page loads, device.js has opened or closed them already.
    const folds = wasBeside === null ? [] : passages.querySelectorAll(".margin > details");
    for (const details of folds) details.open = beside;
    wasBeside = beside;
  }
  const margins = [...passages.querySelectorAll(".margin")];
  if (!beside) {
    for (const margin of margins) margin.style.translate = "";
    passages.style.minBlockSize = "";
    return;
  }
  const pageTop = passages.getBoundingClientRect().top;
  // Measure everything before anything is moved: one layout of the page is enough.
  const places = margins.map((margin) => {
    const moved = parseFloat(margin.style.translate.split(" ")[1]) || 0;
    const start = margin.getBoundingClientRect().top;
    const visible = [...margin.children].filter((child) => child.checkVisibility());
    const height = Math.max(0, ...visible.map((child) => child.getBoundingClientRect().bottom - start));
    return { margin, height, top: start - moved - pageTop };
  });
  let free = -Infinity;
  for (const { margin, height, top } of places) {
    if (!height) continue;
    const down = Math.max(0, Math.round(free - top));
    margin.style.translate = down ? `0 ${down}px` : "";
    free = top + down + height + GAP;
  }
  passages.style.minBlockSize = Number.isFinite(free) ? `${Math.ceil(free)}px` : "";
}

const observer = new ResizeObserver(layOut);

function observeMargins(root) {
  for (const details of root.querySelectorAll(".margin > details")) observer.observe(details);
}

/** Lay the margins out again, with those of a run that was swapped in. */
export function addRun(run) {
  observeMargins(run);
  layOut();
}

if (passages) {
  observer.observe(passages);
  observeMargins(passages);
  document.fonts.ready.then(layOut);
  document.addEventListener("toggle", layOut, true);
}
