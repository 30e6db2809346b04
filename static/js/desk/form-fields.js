// The fields of the desk's forms, as they are kept in a draft: no tokens, passwords or files.

const NEVER_KEPT = /^(csrfmiddlewaretoken|signed_in_as|unsaved|typed|token)$|password/i;
const NOT_TYPED = new Set(["hidden", "submit", "button", "reset", "image", "file", "password"]);

const isTyped = (control) =>
  control.matches("input, textarea, select") && !NOT_TYPED.has(control.type) && !control.hidden && !control.readOnly;

/** Whether a draft of a form is kept: one in which something can be typed, but not of a list or an import. */
export function isKept(form) {
  return (
    form?.method === "post" &&
    form.matches("#content form:not(#changelist-form, [enctype])") &&
    !form.querySelector("[type=password]") &&
    [...form.elements].some(isTyped)
  );
}

/** What a browser would send, as pairs of name and value. */
export function fieldsOf(form) {
  const pairs = [...new FormData(form)];
  return pairs.filter(([name, value]) => typeof value === "string" && !NEVER_KEPT.test(name));
}

/** The name of a form's draft: where it is sent to, without the page that comes after; the gate has its own. */
export function draftName(form) {
  const { pathname, searchParams } = new URL(form.action, location.href);
  for (const name of ["next", "_popup", "_changelist_filters"]) searchParams.delete(name);
  const query = searchParams.size ? `?${searchParams}` : "";
  return `${pathname}${query}${form.elements.digest ? "#gate" : ""}`;
}

/** Send fields to the page of a form, which shows them in it and saves nothing. */
export function showUnsaved(form, fields) {
  const sent = document.createElement("form");
  Object.assign(sent, { method: "post", action: form.action, hidden: true });
  const own = ["csrfmiddlewaretoken", "signed_in_as"].map((name) => [name, form.elements[name].value]);
  for (const [name, value] of [...fields, ...own, ["unsaved", "1"]]) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value });
    sent.append(field);
  }
  document.body.append(sent);
  sent.submit();
}
