// The reading place: remembered on this device, offered on the next visit, never forced.
import { recall, remember } from "../pages/memory.js";

const slug = document.body.dataset.essay;
const passages = () => [...document.querySelectorAll(".reading .essay:not([data-lens]) .passage")];
const bar = document.querySelector(".reading-bar");
const field = document.querySelector(".title-field");

function current() {
  const line = innerHeight * 0.3;
  return passages().findLastIndex((one) => one.offsetHeight && one.getBoundingClientRect().top <= line);
}

function keep() {
  const at = current();
  if (scrollY > 0 && at >= 0) remember(`place-${slug}`, at > 0 ? passages()[at].id : "");
}

function offer() {
  const place = document.getElementById(recall(`place-${slug}`));
  const at = passages().indexOf(place);
  if (at < 1 || location.hash || scrollY > 100) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = `#${place.id}`;
  link.textContent = "Go there";
  const no = document.createElement("button");
  no.type = "button";
  no.textContent = "Dismiss";
  toast.append(`You were at passage ${at + 1}.`, link, no);
  document.body.append(toast);
  const leave = () => toast.remove();
  link.addEventListener("click", leave);
  no.addEventListener("click", leave);
  addEventListener("scroll", () => scrollY > innerHeight && leave(), { passive: true });
}

if (slug && passages().length) {
  offer();
  let timer = 0;
  addEventListener("scroll", () => {
    timer ||= setTimeout(() => {
      timer = 0;
      keep();
    }, 500);
  }, { passive: true });
  addEventListener("pagehide", keep);
}

if (bar && field) {
  new IntersectionObserver(([entry]) => {
    const past = !entry.isIntersecting && entry.boundingClientRect.top < 0;
    document.documentElement.classList.toggle("past-title", past);
    bar.inert = !past;
  }).observe(field);
}
