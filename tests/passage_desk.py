"""Passages at the desk without JavaScript: forms filled in and sent as a browser would."""

import re
from html import unescape

from django.http import HttpResponse

from annotations import revising
from annotations.models import Note
from essays.models import Passage
from readers.models import Reader
from tests import dom
from tests.written_notes import note


def passage(key: str, essay: str = "her") -> Passage:
    return Passage.objects.select_related("essay").get(essay__slug=essay, key=key)


def desk(of: Passage, place: str = "change") -> str:
    """An address of the desk for a passage."""
    return f"/admin/essays/passage/{of.pk}/{place}/"


def about(reader: Reader, body: str, key: str, words: str, **fields) -> Note:
    """A note on words of a passage."""
    made = note(reader, body, **fields)
    here = passage(key)
    start = here.text.index(words)
    revising.reattach(made, here, start, start + len(words))
    return Note.objects.get(pk=made.pk)


def told(response: HttpResponse) -> str:
    """All words of a page, tags and white space aside."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", response.text)).split())


def fields_of(response: HttpResponse, form: str = "content-main") -> dict[str, str]:
    """What a form of the page would send if nobody touched it; `form` is its id, or its class."""
    page = dom.parse(response.text)
    [found] = [
        one for one in page.all("form") if one.attributes.get("id") == form or form in one.classes
    ]
    sent: dict[str, str] = {}
    for one in found.elements():
        name, kind = one.attributes.get("name"), one.attributes.get("type", "text")
        if not name or one.name == "button" or name == "csrfmiddlewaretoken":
            continue
        if one.name == "textarea":
            sent[name] = one.text.removeprefix("\n")
        elif one.name == "select":
            chosen = [option for option in one.all("option") if "selected" in option.attributes]
            sent[name] = (chosen or one.all("option"))[0]["value"]
        elif one.name == "input" and (
            kind not in ("radio", "checkbox") or "checked" in one.attributes
        ):
            sent[name] = one.attributes.get("value", "")
    return sent
