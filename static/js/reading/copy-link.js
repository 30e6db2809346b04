// A press on a passage's number goes to the passage and copies its address.
import { announce } from "../pages/status.js";
import { opensElsewhere } from "./links.js";
import { numberOf } from "./passages.js";

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.number");
  if (!link || opensElsewhere(event)) return;
  const number = numberOf(link.parentElement);
  const address = new URL(link.getAttribute("href"), location.href.split("#")[0]).href;
  try {
    await navigator.clipboard.writeText(address);
    announce(`Link to passage ${number} copied.`);
  } catch {
    announce(`The address of passage ${number} stands in the address bar.`);
  }
});
