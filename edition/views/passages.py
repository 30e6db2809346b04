from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render

from annotations.models import Gloss, Note
from annotations.notes.selection_form import PlaceForm
from edition.pages.backlinks import backlinks_to
from edition.pages.margin import passage_views
from edition.pages.margin_notes import DEFERRED
from edition.pages.reading_page import EssayAssets
from edition.pages.veil import veil_of
from edition.requests.access import readable_by, readable_essay, readable_passage
from edition.requests.allowed_methods import require_safe
from edition.requests.edit_links import editing
from edition.requests.paging import NOTES_PER_PAGE, page_of
from edition.requests.personal import personal
from essays.models import Passage


@require_safe
def passage_by_number(request, slug, number):
    """Redirect to the passage that has this number today."""
    essay = readable_essay(request, slug)
    return redirect(get_object_or_404(Passage, essay=essay, number=number))


@require_safe
@personal
def passage_detail(request, slug, key):
    """One passage with its whole margin and its backlinks."""
    essay = readable_essay(request, slug)
    passage = readable_passage(essay, key)
    if passage.leads_to:
        return redirect(passage.leads_to, permanent=True)
    reader = request.reader or None
    veil = veil_of(essay)
    [view] = passage_views(essay, veil, [passage], reader=reader)
    around = essay.passages.current()
    number = passage.number
    order = "answered" if request.GET.get("order") == "answered" else ""
    context = {
        "essay": essay,
        "assets": EssayAssets(essay),
        "editing": editing(request, request.path),
        "view": view,
        "veil": veil if view.veiled else None,
        "backlinks": backlinks_to(readable_by(request), passage=passage),
        "lost": Gloss.objects.orphaned().filter(passage=passage),
        "version_count": passage.version > 1 and passage.versions.published().count(),
        "before": number and around.filter(number__lt=number).last(),
        "after": number and around.filter(number__gt=number).first(),
        "order": order,
        "page": notes_page(request, passage, order),
        "form": PlaceForm(passage=passage),
    }
    return render(request, "edition/reading/passage_detail.html", context)


def notes_page(request, passage, order):
    """A page of the notes on a passage that the reader may see, even those without a place."""
    reader = request.reader or None
    notes = Note.objects.visible_to(reader).filter(passage=passage).on_published_essays()
    notes = notes.select_related("original__passage", "reader__user").defer(*DEFERRED)
    by = ["-reply_count", "-pk"] if order else ["-pk"]
    page = page_of(request, Paginator(notes.order_by(*by), NOTES_PER_PAGE))
    for note in page:
        note.passage, note.essay = passage, passage.essay
        note.original.passage.essay = passage.essay
        note.mine = note.is_by(reader)
    return page
