from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.crypto import constant_time_compare

from edition.pages.reading_page import EssayAssets, ReadingPage
from edition.pages.social_image import draw_preview
from edition.requests.access import allow_preview, readable_essay
from edition.requests.allowed_methods import require_safe
from edition.requests.edit_links import editing
from edition.requests.page_cache import essay_page
from edition.requests.personal import is_personal, keep_private
from essays import colour
from essays.models import Essay
from essays.site_identity import site_identity


@require_safe
def essay_detail(request, slug):
    """The reading page; without a cookie of this site, from the store of rendered pages."""
    essay = readable_essay(request, slug)
    if is_personal(request) or essay.is_draft:
        page = ReadingPage(essay, request.reader or None)
        context = {"page": page, "editing": editing(request)}
        return keep_private(render(request, "edition/reading/essay_detail.html", context))

    def draw():
        return render_to_string(
            "edition/reading/essay_detail.html", {"page": ReadingPage(essay)}, request
        )

    return essay_page(request, essay, "reading", draw)


@require_safe
def preview_draft(request, slug, token):
    """The preview link: whoever has it can read the draft until it is withdrawn or expires."""
    essay = get_object_or_404(Essay.objects.at(slug))
    expected = essay.preview_token
    if not expected or not constant_time_compare(token, expected):
        raise Http404
    if essay.is_draft and essay.preview_has_expired:
        response = render(request, "edition/pages/preview_expired.html", status=410)
    else:
        response = redirect(essay)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    if essay.is_draft and not essay.preview_has_expired:
        allow_preview(request, response, essay)
    return response


@require_safe
def essay_colour(request, slug, digest):
    """The stylesheet of an essay's own colour."""
    assets = EssayAssets(readable_essay(request, slug))
    if digest != assets.stylesheet_digest:
        return _redirect_to_newest(assets.stylesheet_url)
    return _immutable(HttpResponse(assets.stylesheet, content_type="text/css; charset=utf-8"))


@require_safe
def essay_preview(request, slug, digest):
    """The picture that other sites show with a link to the essay."""
    essay = readable_essay(request, slug)
    assets = EssayAssets(essay)
    if digest != assets.preview_digest:
        return _redirect_to_newest(assets.preview_url)
    palette = colour.palette(essay.colour)
    picture = draw_preview(
        title=essay.title,
        dek=essay.dek,
        kicker=assets.kicker,
        colour=palette.film,
        on_colour=palette.on_film,
        site_name=site_identity().name,
    )
    return _immutable(HttpResponse(picture, content_type="image/png"))


def _immutable(response):
    patch_cache_control(response, public=True, max_age=365 * 24 * 3600, immutable=True)
    return response


def _redirect_to_newest(url):
    """The URL has another digest now; this redirect must not be cached."""
    response = redirect(url)
    response["Cache-Control"] = "no-cache"
    return response
