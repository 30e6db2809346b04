// The style sheet of writing comes when writing begins.

const sheet = document.createElement("link");
sheet.rel = "stylesheet";
sheet.href = document.querySelector(".passages").dataset.writingStyle;

export const styled = new Promise((resolve) => {
  sheet.addEventListener("load", resolve);
  sheet.addEventListener("error", resolve);
  document.head.append(sheet);
});
