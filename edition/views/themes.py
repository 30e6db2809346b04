from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from annotations.models import Theme
from edition.pages.backlinks import backlinks_to, visible_links, visible_themes
from edition.pages.reading_page import ReadingPage
from edition.requests.access import PUBLISHED, readable_by, readable_essay
from edition.requests.allowed_methods import require_safe
from edition.requests.edit_links import editing
from edition.requests.former_urls import redirect_to_current
from edition.requests.fragments import two_bodies, wants_fragment
from edition.requests.page_cache import essay_page
from edition.requests.personal import is_personal, keep_private
from edition.requests.titles import by_slug
from edition.views.answers import card_or_page


@require_safe
def theme_list(request):
    """Every theme that a gloss of a published essay links to."""
    return render(request, "edition/pages/theme_list.html", {"themes": visible_themes()})


@require_safe
@two_bodies
def theme_detail(request, slug):
    """A theme across essays."""
    readable = readable_by(request)
    theme = by_slug(visible_themes(readable), slug)
    if theme.slug != slug:
        return redirect_to_current(theme)
    context = {"theme": theme, "groups": backlinks_to(readable, theme=theme)}
    return card_or_page(request, "cards/theme_detail", context)


@require_safe
@two_bodies
def essay_theme(request, slug, theme):
    """A theme in one essay: the reading page with its passages highlighted, or a card for htmx."""
    essay = readable_essay(request, slug)
    readable = readable_by(request) if essay.is_draft else PUBLISHED
    links = visible_links(readable).filter(gloss__essay=essay)
    theme_slug = theme
    theme = by_slug(Theme.objects.filter(pk__in=links.values("theme")), theme_slug)
    if theme.slug != theme_slug:
        return redirect_to_current("essay_theme", essay.slug, theme.slug)
    if wants_fragment(request):
        groups = backlinks_to(readable, theme=theme, essay=essay)
        context = {"theme": theme, "essay": essay, "groups": groups}
        return render(request, "edition/cards/theme_detail.html#card", context)

    def draw(reader=None):
        page = ReadingPage(essay, reader)
        lit = [view for view in page.views if theme in view.themes]
        context = {"page": page, "lens": theme, "lit": lit, "editing": editing(request)}
        return render_to_string("edition/reading/essay_detail.html", context, request)

    if is_personal(request) or essay.is_draft:
        return keep_private(HttpResponse(draw(request.reader or None)))
    return essay_page(request, essay, f"theme:{theme.pk}", draw)
