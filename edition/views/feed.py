"""The public notes on an essay as an Atom feed."""

from django.shortcuts import render

from annotations.models import Note
from edition.pages.veil import veil_of
from edition.requests.access import published_essay
from edition.requests.allowed_methods import require_safe

MAX_ENTRIES = 50


@require_safe
def essay_feed(request, slug):
    """The newest public notes; of those behind the veil, only author and passage."""
    essay = published_essay(slug)
    veil = veil_of(essay)
    notes = Note.objects.public().filter(essay=essay).select_related("passage", "reader__user")
    entries = list(notes.order_by("-published_at", "-pk")[:MAX_ENTRIES])
    for note in entries:
        note.veiled = bool(veil and veil.hides(note.passage))
        note.changed_at = max(filter(None, [note.published_at, note.edited_at]))
    context = {
        "essay": essay,
        "notes": entries,
        "updated": max((note.changed_at for note in entries), default=essay.published_at),
    }
    kind = "application/atom+xml; charset=utf-8"
    return render(request, "edition/pages/feed.xml", context, content_type=kind)
