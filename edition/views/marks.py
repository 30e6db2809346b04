"""The annotations that overlap at one place of a passage."""

import re

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from annotations.models import Gloss, Note
from edition.pages.reading_page import EssayAssets
from edition.pages.veil import veil_over
from edition.requests.access import readable_essay
from edition.requests.allowed_methods import require_safe
from edition.requests.fragments import two_bodies, wants_fragment
from edition.requests.paging import NOTES_PER_PAGE, page_of
from edition.requests.personal import personal

SPAN = re.compile(r"(\d{1,6})-(\d{1,6})")


@require_safe
@personal
@two_bodies
def passage_marks(request, slug, key, span):
    """The glosses and notes on words of a passage; `span` is in code points, as in `12-40`."""
    essay = readable_essay(request, slug)
    passage = get_object_or_404(essay.passages, key=key, number__isnull=False)
    passage.essay = essay
    match = SPAN.fullmatch(span)
    start, end = (int(match[1]), int(match[2])) if match else (0, 0)
    if start >= end:
        raise BadRequest("no such span")
    overlapping = {"passage": passage, "start__lt": end, "end__gt": start}
    notes = Note.objects.visible_to(request.reader or None).placed().on_published_essays()
    notes = notes.filter(**overlapping)
    paginator = Paginator(
        notes.select_related("reader__user").order_by("start", "pk"), NOTES_PER_PAGE
    )
    page = page_of(request, paginator)
    context = {
        "essay": essay,
        "assets": EssayAssets(essay),
        "passage": passage,
        "veil": veil_over(passage),
        "words": passage.text[start:end],
        "glosses": Gloss.objects.placed().filter(**overlapping),
        "page": page,
        "notes": [_prepared(note, passage, request.reader) for note in page],
    }
    template = "edition/reading/passage_marks.html" + ("#card" if wants_fragment(request) else "")
    return render(request, template, context)


def _prepared(note: Note, passage, reader) -> Note:
    note.passage = passage
    note.mine = note.is_by(reader)
    return note
