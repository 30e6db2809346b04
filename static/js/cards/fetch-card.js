// Cards are fetched by htmx, from the same address as the page that they show, into a hidden element.

const stage = document.createElement("div");
stage.hidden = true;
stage.dataset.hxSync = "replace";
document.body.append(stage);
const cache = new Map();
let running = null;
let succeeded = false;

stage.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  succeeded = ctx.status === "swapped" && ctx.response?.status < 400;
});

/** Empty the cache: after a save, cards may show something else. */
export const forgetCards = () => cache.clear();

/** The HTML of a card; null if it cannot be fetched. A request for another card ends the one before. */
export async function fetchCard(href) {
  const url = href.split("#")[0];
  if (cache.has(url)) return cache.get(url);
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
  cache.set(url, html);
  return html;
}
