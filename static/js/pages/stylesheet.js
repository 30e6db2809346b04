/** Add a style sheet to the page. Resolves once it is loaded, or cannot be. */
export function addStylesheet(link) {
  return new Promise((resolve) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
    document.head.append(link);
  });
}
