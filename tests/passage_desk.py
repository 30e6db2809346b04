"""Helpers for tests of passages at the desk, without JavaScript."""

import re
from html import unescape

from django.http import HttpResponse

from annotations import revising
from annotations.models import Note
from essays.models import Passage
from readers.models import Reader
from tests.admin_forms import form
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


def page_text(response: HttpResponse) -> str:
    """The text of a page, with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", response.text)).split())


def fields_of(response: HttpResponse, name: str = "content-main") -> dict[str, str]:
    return form(response.text, name)
