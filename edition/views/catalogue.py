"""What phrases point to: glosses, quotations, works. Each is a page, and a card for htmx."""

from django.shortcuts import get_object_or_404, redirect, render

from annotations.models import Gloss
from edition.pages.backlinks import shown_quotations, shown_works, threads_of
from edition.pages.gloss_links import gloss_leads
from edition.pages.margin import MADE_OF
from edition.pages.margin_notes import notes_on
from edition.pages.reading_page import Dress
from edition.pages.veil import by_essay, veil_over
from edition.pages.version_pages import as_written
from edition.requests.access import after_publishing_due, note_draft, readable_by
from edition.requests.allowed_methods import require_safe
from edition.requests.edit_links import editing
from edition.requests.former_urls import moved_to
from edition.requests.fragments import two_bodies, wants_fragment
from edition.requests.personal import personal
from edition.requests.titles import called, numbered

HUNG = ("passage__essay__veil_after", "passage__essay__veil_work", "original__passage")
PRINTED = ("work", "passage__essay__veil_after", "passage__essay__veil_work")


def _card_or_page(request, template, context):
    part = "#card" if wants_fragment(request) else ""
    return render(request, f"edition/cards/{template}.html{part}", context)


@require_safe
@after_publishing_due
@personal
@two_bodies
def gloss_detail(request, pk):
    """An editor's annotation, the words it is about, and where it leads."""
    readable = readable_by(request)
    glosses = Gloss.objects.filter(readable.q("essay")).select_related(*HUNG, *MADE_OF)
    gloss = get_object_or_404(glosses, pk=pk)
    note_draft(request, gloss.passage.essay)
    gloss.original.passage.essay = gloss.passage.essay
    veil = veil_over(gloss.passage)
    context = {
        "gloss": gloss,
        "editing": editing(request, "" if wants_fragment(request) else request.path),
        "essay": gloss.passage.essay,
        "dress": Dress(gloss.passage.essay),
        "veil": veil,
        "seen": as_written(gloss, veil),
        "notes_here": notes_on(gloss, request.reader or None),
        "span": f"{gloss.start}-{gloss.end}",
        **gloss_leads(gloss, readable),
    }
    return _card_or_page(request, "gloss_detail", context)


@require_safe
@after_publishing_due
@two_bodies
def quotation_detail(request, pk):
    """Words from a work, the passage that prints them, and where they are cited."""
    readable = readable_by(request)
    quotation = numbered(shown_quotations(readable).select_related(*PRINTED), pk)
    if quotation.pk != pk:
        return redirect(quotation, permanent=True)
    passage = quotation.passage
    shown = passage and readable.has(passage.essay)
    context = {
        "quotation": quotation,
        "passage": passage if shown and passage.number else None,
        "veil": veil_over(passage) if passage else None,
        "groups": threads_of(readable, quotation=quotation),
    }
    return _card_or_page(request, "quotation_detail", context)


@require_safe
@after_publishing_due
@two_bodies
def work_detail(request, slug):
    """A film, book or series: the essays on it, what they quote from it, where they name it."""
    readable = readable_by(request)
    work = called(shown_works(readable), slug)
    if work.slug != slug:
        return moved_to(work)
    quoted = shown_quotations(readable).filter(work=work).select_related(*PRINTED)
    printed = [quotation for quotation in quoted if quotation.passage]
    context = {
        "work": work,
        "essays": work.essays.filter(readable.q()),
        "unprinted": [quotation for quotation in quoted if not quotation.passage],
        "printed": by_essay(printed, lambda quotation: quotation.passage),
        "groups": threads_of(readable, work=work),
    }
    return _card_or_page(request, "work_detail", context)
