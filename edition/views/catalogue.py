"""Glosses, quotations and works: each a page, and a card for htmx."""

from django.shortcuts import get_object_or_404, redirect

from annotations.models import Gloss
from edition.pages.backlinks import backlinks_to, visible_quotations, visible_works
from edition.pages.gloss_links import gloss_links_context
from edition.pages.margin import SOURCE_NOTE
from edition.pages.margin_notes import count_notes_on
from edition.pages.reading_page import EssayAssets
from edition.pages.veil import by_essay, veil_over
from edition.pages.version_pages import passage_as_written
from edition.requests.access import mark_draft, readable_by
from edition.requests.allowed_methods import require_safe
from edition.requests.edit_links import editing
from edition.requests.former_urls import redirect_to_current
from edition.requests.fragments import two_bodies, wants_fragment
from edition.requests.personal import personal
from edition.requests.titles import by_id, by_slug
from edition.views.answers import card_or_page

GLOSS_RELATED = ("passage__essay__veil_after", "passage__essay__veil_work", "original__passage")
QUOTATION_RELATED = ("work", "passage__essay__veil_after", "passage__essay__veil_work")


@require_safe
@personal
@two_bodies
def gloss_detail(request, pk):
    """An editor's gloss, the words it is about, and its links."""
    readable = readable_by(request)
    glosses = Gloss.objects.filter(readable.q("essay")).select_related(*GLOSS_RELATED, *SOURCE_NOTE)
    gloss = get_object_or_404(glosses, pk=pk)
    mark_draft(request, gloss.passage.essay)
    gloss.original.passage.essay = gloss.passage.essay
    veil = veil_over(gloss.passage)
    context = {
        "gloss": gloss,
        "editing": editing(request, "" if wants_fragment(request) else request.path),
        "essay": gloss.passage.essay,
        "assets": EssayAssets(gloss.passage.essay),
        "veil": veil,
        "as_written": passage_as_written(gloss, veil),
        "notes_here": count_notes_on(gloss, request.reader or None),
        "span": f"{gloss.start}-{gloss.end}",
        **gloss_links_context(gloss, readable),
    }
    return card_or_page(request, "cards/gloss_detail", context)


@require_safe
@two_bodies
def quotation_detail(request, pk):
    """Words from a work, the passage that prints them, and the glosses that cite them."""
    readable = readable_by(request)
    quotation = by_id(visible_quotations(readable).select_related(*QUOTATION_RELATED), pk)
    if quotation.pk != pk:
        return redirect(quotation, permanent=True)
    passage = quotation.passage
    is_readable = passage and readable.includes(passage.essay)
    context = {
        "quotation": quotation,
        "passage": passage if is_readable and passage.number else None,
        "veil": veil_over(passage) if passage else None,
        "groups": backlinks_to(readable, quotation=quotation),
    }
    return card_or_page(request, "cards/quotation_detail", context)


@require_safe
@two_bodies
def work_detail(request, slug):
    """A film, book or series: the essays on it, its quotations, and the glosses that link to it."""
    readable = readable_by(request)
    work = by_slug(visible_works(readable), slug)
    if work.slug != slug:
        return redirect_to_current(work)
    quotations = visible_quotations(readable).filter(work=work).select_related(*QUOTATION_RELATED)
    printed = [quotation for quotation in quotations if quotation.passage]
    context = {
        "work": work,
        "essays": work.essays.filter(readable.q()),
        "unprinted": [quotation for quotation in quotations if not quotation.passage],
        "printed": by_essay(printed, lambda quotation: quotation.passage),
        "groups": backlinks_to(readable, work=work),
    }
    return card_or_page(request, "cards/work_detail", context)
