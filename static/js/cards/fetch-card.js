// Cards come from the same URL as their page, by htmx, into a stage that nobody sees.

const stage = document.createElement("div");
stage.hidden = true;
stage.dataset.hxSync = "replace";
document.body.append(stage);
const kept = new Map();
let running = null;
let succeeded = false;

stage.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  succeeded = ctx.status === "swapped" && ctx.response?.status < 400;
});

/** What was written since is not in the cards that came before. */
export const forgetCards = () => kept.clear();

/** The card's HTML, or null where it cannot be had. Asking for another ends this one's request. */
export async function fetchCard(href) {
  const url = href.split("#")[0];
  if (kept.has(url)) return kept.get(url);
  if (running?.url !== url) running = { url, html: load(url) };
  return running.html;
}

async function load(url) {
  succeeded = false;
  await htmx.ajax("GET", url, { source: stage, target: stage, swap: "innerHTML ignoreTitle:true" });
  const html = stage.innerHTML;
  stage.replaceChildren();
  if (running?.url === url) running = null;
  if (!succeeded || !html) return null;
  kept.set(url, html);
  return html;
}
