// In the gate, whoever types other words means them.

document.addEventListener("input", (event) => {
  const other = event.target.closest?.(".other");
  if (other) other.previousElementSibling.querySelector("[type=radio]").checked = true;
});

const wrong = document.querySelector(".fate .errorlist");
wrong?.parentElement.querySelector("input").focus();
