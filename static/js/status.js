// One polite line at the foot of the screen.

const line = document.getElementById("status");
let timer;

/** Show the words for a while; `heard` ones are for those who listen, and not shown. */
export function say(words, { seconds = 4, heard = false } = {}) {
  clearTimeout(timer);
  line.classList.toggle("sr", heard);
  line.textContent = words;
  timer = setTimeout(() => (line.textContent = ""), seconds * 1000);
}
