// An id for this tab, which stays while it is open. A duplicated tab gets an id of its own.
import { recall, remember } from "./memory.js";

const SESSION = "sessionStorage";
const kept = recall("tab", SESSION);
// A tab that is duplicated, or restored after a crash, begins with what the other one had stored.
const isCopy = Boolean(recall("tab-open", SESSION));

/** The tab that this one was copied from, or "". */
export const formerTab = isCopy ? kept : "";
export const tab = kept && !isCopy ? kept : crypto.getRandomValues(new Uint32Array(2)).join("-");

remember("tab", tab, SESSION);
remember("tab-open", "yes", SESSION);
addEventListener("pagehide", () => remember("tab-open", "", SESSION));
addEventListener("pageshow", () => remember("tab-open", "yes", SESSION));
