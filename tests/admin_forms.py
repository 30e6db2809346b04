"""Forms of the desk as a browser without JavaScript would send them."""

import re
from html import unescape

from tests import dom


def form(page: str, name: str) -> dict[str, str]:
    """What the form with this id holds, by the names of its fields."""
    found = re.search(rf'<form[^>]*\bid="{name}".*?</form>', page, re.DOTALL)
    assert found, f"no form {name}"
    # What a template element holds is not part of the form.
    tree = dom.parse(re.sub(r"<template.*?</template>", "", found[0], flags=re.DOTALL))
    values = {}
    for field in tree.elements():
        if field.name == "input" and "name" in field.attributes:
            choice = field.attributes.get("type") in ("checkbox", "radio")
            if not choice or "checked" in field.attributes:
                values[field["name"]] = field.attributes.get("value", "on" if choice else "")
        elif field.name == "textarea":
            values[field["name"]] = field.text.removeprefix("\n")
        elif field.name == "select":
            chosen = field.all("option[selected]")
            values[field["name"]] = chosen[0]["value"] if chosen else ""
    values.pop("csrfmiddlewaretoken", None)
    return values


def told(response, status: int) -> str:
    """All words of a page, in one line."""
    assert response.status_code == status, response.status_code
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())
