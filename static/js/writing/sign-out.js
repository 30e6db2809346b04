// Before signing out: say which words are not saved, since whoever comes next must not find them here.
import { createElement } from "../pages/create-element.js";
import { everyDraftOf, removeOnceSignedOut } from "../pages/drafts.js";

const SHOWN = 60;
const form = document.querySelector("form[data-signs-out]");
const { person } = document.body.dataset;
const drafts = everyDraftOf(person);

if (drafts.length) {
  const links = drafts.map(({ address, title, body }) => {
    const text = [...(title ?? body ?? address)];
    const textContent = text.length > SHOWN ? `${text.slice(0, SHOWN).join("")}…` : text.join("");
    return createElement("li", {}, createElement("a", { href: address, textContent, dir: "auto" }));
  });
  const what = drafts.length > 1 ? "These are not saved, and signing out removes them" : "This is not saved, and signing out removes it";
  form.before(
    createElement("p", {}, createElement("b", { textContent: `${what} from this device:` })),
    createElement("ul", {}, ...links),
  );
}
form.addEventListener("submit", () => removeOnceSignedOut(person));
