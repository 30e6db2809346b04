// One polite line at the foot of the screen.

const line = document.getElementById("status");
let timer;

// What the page came with is said once the page stands, so that it is heard, and then goes.
const came = line.textContent;
if (came) {
  line.textContent = "";
  setTimeout(say, 100, came, { seconds: 8 });
}

/** Show the words for a while; `heard` ones are for those who listen, and not shown. */
export function say(words, { seconds = 4, heard = false } = {}) {
  clearTimeout(timer);
  line.classList.toggle("sr", heard);
  line.textContent = words;
  timer = setTimeout(() => (line.textContent = ""), seconds * 1000);
}
