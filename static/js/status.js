// One polite line at the foot of the screen.

const line = document.getElementById("status");
let timer;

export function say(words, seconds = 4) {
  clearTimeout(timer);
  line.textContent = words;
  timer = setTimeout(() => (line.textContent = ""), seconds * 1000);
}
