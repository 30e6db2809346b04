// Loads the style sheet for writing.
import { createElement } from "../pages/create-element.js";
import { addStylesheet } from "../pages/stylesheet.js";

const href = document.querySelector(".passages").dataset.writingStyle;

export const styleLoaded = addStylesheet(createElement("link", { rel: "stylesheet", href }));
