// A passage's number goes to it and copies its address.
import { say } from "./status.js";

document.addEventListener("click", async (event) => {
  const number = event.target.closest("a.number");
  if (!number || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const name = number.childNodes[1].textContent.trim();
  const address = new URL(number.getAttribute("href"), location.href.split("#")[0]).href;
  try {
    await navigator.clipboard.writeText(address);
    say(`Link to passage ${name} copied.`);
  } catch {
    say(`The address of passage ${name} stands in the address bar.`);
  }
});
