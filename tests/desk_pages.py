"""The desk's pages as a browser without JavaScript uses them: forms, texts, passages."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

from annotations import revising
from annotations.models import Note
from essays.models import Essay, Passage
from readers.models import Reader
from tests import dom
from tests.written_notes import note


def passage(key: str, essay: str = "her") -> Passage:
    return Passage.objects.select_related("essay").get(essay__slug=essay, key=key)


def desk_url(of: Passage, place: str = "change") -> str:
    """The URL of one of a passage's pages at the desk."""
    return f"/admin/essays/passage/{of.pk}/{place}/"


def note_on(reader: Reader, body: str, key: str, words: str, **fields) -> Note:
    """A note on words of a passage."""
    made = note(reader, body, **fields)
    here = passage(key)
    start = here.text.index(words)
    revising.reattach(made, here, start, start + len(words))
    return Note.objects.get(pk=made.pk)


def page_text(response: HttpResponse, status: int | None = None) -> str:
    """The text of a page, with single spaces. If `status` is given, the page must have it."""
    assert status in (None, response.status_code), response.status_code
    return " ".join(unescape(re.sub(r"<[^>]*>", "", response.text)).split())


def expect_text(response: HttpResponse, status: int) -> str:
    """The text of a page that must have this status, with a space for each tag."""
    assert response.status_code == status, response.status_code
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def form_pairs(page: str, name: str) -> list[tuple[str, str]]:
    """The names and values that the form with this id or class sends if nobody changes it."""
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


def form_fields(page: str, name: str) -> dict[str, str]:
    """The fields of the form with this id or class, by name."""
    return dict(form_pairs(page, name))


def fields_of(response: HttpResponse, name: str = "content-main") -> dict[str, str]:
    return form_fields(response.text, name)


def essay_form(elsa: Client, essay: Essay, **values) -> dict[str, str]:
    """The data of the essay's form, with these values."""
    page = elsa.get(f"/admin/essays/essay/{essay.pk}/change/")
    return {**fields_of_essay(page), **values}


def fields_of_essay(response: HttpResponse) -> dict[str, str]:
    """The data of the essay's form on a page."""
    page = dom.of(response)
    form = next(f for f in page.all("form") if f.all("input[name=slug]"))
    fields = {}
    for field in [*form.all("input"), *form.all("textarea"), *form.all("select")]:
        attributes = field.attributes
        if "name" not in attributes or attributes.get("type") in ("submit", "button"):
            continue
        if field.name == "textarea":
            fields[attributes["name"]] = field.text.removeprefix("\n")
        elif field.name == "select":
            chosen = [o for o in field.all("option") if "selected" in o.attributes]
            fields[attributes["name"]] = chosen[0]["value"] if chosen else ""
        elif attributes.get("type") != "checkbox" or "checked" in attributes:
            fields[attributes["name"]] = attributes.get("value", "")
    return fields
