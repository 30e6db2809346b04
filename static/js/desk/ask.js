// Fields that ask the site while they are filled in: `data-asks` is the address, `data-asks-with`
// names the fields that are sent along, and what is answered goes into the element `data-answer`.

const PAUSE = 300;
const asking = new WeakMap();

async function ask(field) {
  asking.get(field)?.stop.abort();
  const stop = new AbortController();
  asking.set(field, { stop });
  const said = new FormData(field.form);
  const sent = new URLSearchParams();
  for (const name of field.dataset.asksWith.split(" ")) {
    for (const value of said.getAll(name)) sent.append(name, value);
  }
  const url = new URL(field.dataset.asks, location);
  const post = field.dataset.method === "post";
  if (!post) for (const [name, value] of sent) url.searchParams.append(name, value);
  try {
    const response = await fetch(url, { signal: stop.signal, ...(post && { method: "POST", body: sent }) });
    if (response.ok && !response.redirected) show(field, await response.text());
  } catch (error) {
    // Saving checks everything once more: an answer that does not come stops nobody.
    if (error.name !== "AbortError") show(field, "");
  }
}

function show(field, html) {
  const answer = document.getElementById(field.dataset.answer);
  if (answer.innerHTML.trim() !== html.trim()) answer.innerHTML = html;
}

/** Ask at the next pause; `soon` for what is not typed. */
export function askLater(field, soon = false) {
  clearTimeout(field.pause);
  field.pause = setTimeout(ask, soon ? 0 : PAUSE, field);
}

document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-asks]")) askLater(target);
});

for (const field of document.querySelectorAll("[data-asks]")) if (field.value.trim()) askLater(field, true);
