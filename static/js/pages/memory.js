// What the device remembers, as words in its own storage; forgetting is no error.

export function recall(key, store = "localStorage") {
  try {
    return window[store].getItem(`sv-${key}`) ?? "";
  } catch {
    return "";
  }
}

export function remember(key, value, store = "localStorage") {
  try {
    if (value) window[store].setItem(`sv-${key}`, value);
    else window[store].removeItem(`sv-${key}`);
  } catch {
    // A browser that keeps nothing still reads.
  }
}

export function recalled() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

export function recallSet(key, store) {
  return new Set(recall(key, store).split(" ").filter(Boolean));
}

export function rememberSet(key, set, store) {
  remember(key, [...set].join(" "), store);
}
