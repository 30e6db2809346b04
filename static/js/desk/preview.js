// What readers get, drawn anew while an editor types.

const form = document.querySelector("form[data-preview]");
const REST = 250;
let resting, asking;

/** Browsers open the shadow of a template as they parse a page, not where script puts it in. */
function openShadows(part) {
  for (const template of part.querySelectorAll("template[shadowrootmode]")) {
    template.parentElement.attachShadow({ mode: "open" }).append(template.content);
    template.remove();
  }
}

async function draw() {
  asking?.abort();
  asking = new AbortController();
  const said = new FormData(form);
  if (form.dataset.passage) said.set("passage", form.dataset.passage);
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: said, signal: asking.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    show(await answer.text());
  } catch (error) {
    if (error.name !== "AbortError") document.querySelector("#preview").classList.add("waiting");
  }
}

function show(html) {
  const old = document.querySelector("#preview");
  const page = new DOMParser().parseFromString(html, "text/html");
  const drawn = document.adoptNode(page.querySelector("#preview"));
  const before = old.querySelector(".as-readers-see")?.shadowRoot?.querySelector(".page");
  const after = drawn.querySelector("template")?.content.querySelector(".page");
  // The styles that are there already stay, so that nothing is ever drawn without them.
  if (before && after) {
    before.replaceWith(after);
    const kept = old.querySelector(".as-readers-see");
    drawn.querySelector(".as-readers-see").replaceWith(kept);
  } else openShadows(drawn);
  old.replaceWith(drawn);
}

function later() {
  clearTimeout(resting);
  resting = setTimeout(draw, REST);
}

if (form) {
  for (const one of form.querySelectorAll("[data-without-script]")) one.hidden = true;
  form.addEventListener("input", later);
  openShadows(document);
}
