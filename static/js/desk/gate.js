// In the gate, typing other words also chooses their radio button.

document.addEventListener("input", (event) => {
  const other = event.target.closest?.(".other");
  if (other) other.previousElementSibling.querySelector("[type=radio]").checked = true;
});

const wrong = document.querySelector(".fate .errorlist");
wrong?.parentElement.querySelector("input").focus();
