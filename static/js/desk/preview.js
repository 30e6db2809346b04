// The preview of a passage, fetched by htmx while an editor types.

const form = document.querySelector("form[data-hx-target='#preview']");

/** Attach the shadow roots that a parser has left as templates. */
function openShadows(root) {
  for (const template of root.querySelectorAll("template[shadowrootmode]")) {
    template.parentElement.attachShadow({ mode: "open" }).append(template.content);
    template.remove();
  }
}

/** Keep the shadow root of the old preview: the page is never without the style sheets it has loaded. */
function keepStyles(fragment) {
  openShadows(fragment);
  const [host, freshHost] = [document, fragment].map((root) => root.querySelector("#preview .as-readers-see"));
  if (!host || !freshHost) return;
  host.shadowRoot.querySelector(".page").replaceWith(freshHost.shadowRoot.querySelector(".page"));
  freshHost.replaceWith(host);
}

function showFailure() {
  document.querySelector("#preview").classList.add("waiting");
}

if (form) {
  for (const element of form.querySelectorAll("[data-without-script]")) element.hidden = true;
  openShadows(document);
  form.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => keepStyles(tasks[0].fragment));
  form.addEventListener("htmx:error", showFailure);
  form.addEventListener("htmx:response:error", showFailure);
}
