// Values kept in the browser's storage. Where that is switched off, nothing is kept and all works.

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
    // Nothing can be kept.
  }
}

/** The keys in the storage of this device, with their prefix. */
export function storedKeys() {
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
