// Beside the text, margins run on past their passages and push later ones down, never the text.

const GAP = 14;
const passages = document.querySelector(".passages");
let beside = null;

function settle() {
  const now = getComputedStyle(passages).getPropertyValue("--beside").trim() === "1";
  if (now !== beside) {
    if (beside !== null) for (const one of passages.querySelectorAll(".margin > details")) one.open = now;
    beside = now;
  }
  const margins = [...passages.querySelectorAll(".margin")];
  if (!now) {
    for (const margin of margins) margin.style.translate = "";
    passages.style.minBlockSize = "";
    return;
  }
  const top = passages.getBoundingClientRect().top;
  const places = margins.map((margin) => {
    const moved = parseFloat(margin.style.translate.split(" ")[1]) || 0;
    const start = margin.getBoundingClientRect().top;
    const ends = [...margin.children].filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().bottom);
    return { margin, shown: Math.max(0, ...ends.map((end) => end - start)), top: start - moved - top };
  });
  let free = -Infinity;
  for (const { margin, shown, top: own } of places) {
    if (!shown) continue;
    const down = Math.max(0, Math.round(free - own));
    margin.style.translate = down ? `0 ${down}px` : "";
    free = own + down + shown + GAP;
  }
  passages.style.minBlockSize = Number.isFinite(free) ? `${Math.ceil(free)}px` : "";
}

const watch = new ResizeObserver(settle);

/** Lay the margins out again with those of a run that is new. */
export function relayout(run) {
  for (const one of run.querySelectorAll(".margin > details")) watch.observe(one);
  settle();
}

if (passages) {
  watch.observe(passages);
  for (const one of passages.querySelectorAll(".margin > details")) watch.observe(one);
  document.fonts.ready.then(settle);
  document.addEventListener("toggle", settle, true);
}
