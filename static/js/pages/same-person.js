// A page does not reappear once somebody else is here: by Back after signing out, or in another tab.
// A cookie that names nobody changes with the person.
import { recall, remember } from "./memory.js";

const root = document.documentElement;
const whoIsHere = () => document.cookie.match(/(?:^|; )(?:__Host-)?person=([^;]*)/)?.[1] ?? "";
let shownTo = whoIsHere();

function check() {
  const now = whoIsHere();
  if (shownTo && shownTo !== now) {
    root.style.opacity = 0;
    root.dataset.outdated = "";
    location.reload();
  } else {
    shownTo = now;
    root.style.opacity = "";
  }
}

// Until it is checked, a page out of the back/forward cache is not seen.
addEventListener("pagehide", () => shownTo && (root.style.opacity = 0));
addEventListener("pageshow", ({ persisted }) => persisted && check());
// Other tabs are told when a page is loaded for somebody else; without storage they notice when looked at.
addEventListener("storage", ({ key }) => key === "sv-person" && check());
document.addEventListener("visibilitychange", () => document.hidden || check());
// The first note that is saved here makes a guest.
document.addEventListener("htmx:finally:request", () => (shownTo ||= whoIsHere()));
if (recall("person") !== shownTo) remember("person", shownTo);
