"""Forms of the desk as a browser without JavaScript would send them."""

import re
from html import unescape

from tests import dom


def sent(page: str, name: str) -> list[tuple[str, str]]:
    """What the form with this id or class sends if nobody touches it, field by field."""
    # What a template element holds is not part of the form.
    tree = dom.parse(re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL))
    [form] = [one for one in tree.all("form") if name in (one.attributes.get("id"), *one.classes)]
    values = []
    for field in form.elements():
        if field.name == "input":
            choice = field.attributes.get("type") in ("checkbox", "radio")
            if choice and "checked" not in field.attributes:
                continue
            value = field.attributes.get("value", "on" if choice else "")
        elif field.name == "textarea":
            value = field.text.removeprefix("\n")
        elif field.name == "select":
            options = field.all("option[selected]") or field.all("option")
            value = options[0]["value"] if options else ""
        else:
            continue
        if field.attributes.get("name", "csrfmiddlewaretoken") != "csrfmiddlewaretoken":
            values.append((field["name"], value))
    return values


def form(page: str, name: str) -> dict[str, str]:
    """The fields of the form with this id or class, by name."""
    return dict(sent(page, name))


def told(response, status: int) -> str:
    """All words of a page, in one line."""
    assert response.status_code == status, response.status_code
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())
