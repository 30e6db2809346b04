"""robots.txt, the sitemap, the favicon and the error pages."""

import sys

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template import loader
from django.templatetags.static import static
from django.urls import reverse

from edition.pages.backlinks import visible_links, visible_themes, visible_works
from edition.requests.allowed_methods import require_safe
from edition.requests.carried_words import after_refused_token
from edition.requests.page_cache import checked_lately
from edition.requests.personal import keep_private
from edition.requests.rate_limits import MINUTE, with_wait
from edition.requests.sign_in import SignInNeeded, redirect_to_sign_in, sign_in_address
from essays.counted import counted
from essays.models import Essay
from readers.typed_words import carried_fields, words_to_copy


@require_safe
def robots(request):
    site = settings.SITE_URL.rstrip("/")
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('search')}",
        f"Disallow: {reverse('notebook')}",
        f"Sitemap: {site}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request):
    """Every public page except those of single glosses, quotations and notes."""
    essays = list(Essay.objects.published())
    theme_links = visible_links().filter(theme__isnull=False)
    pairs = theme_links.values_list("gloss__essay__slug", "theme__slug").distinct().order_by("pk")
    places = [
        reverse("essay_list"),
        # A page with a canonical URL elsewhere does not belong in a sitemap.
        *(essay.get_absolute_url() for essay in essays if not essay.canonical_url),
        *(
            reverse("passage_detail", args=[essay.slug, key])
            for essay in essays
            for key in essay.passages.current().values_list("key", flat=True)
        ),
        *dict.fromkeys(reverse("essay_theme", args=pair) for pair in pairs),
        reverse("theme_list"),
        *(theme.get_absolute_url() for theme in visible_themes()),
        *(work.get_absolute_url() for work in visible_works()),
    ]
    context = {"places": places}
    return render(request, "edition/pages/sitemap.xml", context, content_type="application/xml")


@require_safe
def favicon(request):
    """Browsers ask for this name where no page links to an icon, as for a feed."""
    response = redirect(static("favicon.ico"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


def bad_request(request, exception):
    """400, as for a page number that is not a number."""
    if isinstance(exception, DisallowedHost):
        # Under an unknown host the error page could not load its styles either.
        return HttpResponseBadRequest("No site is served under this name.\n", "text/plain")
    return render(request, "400.html", status=400)


def not_found(request, exception):
    context = {"essays": Essay.objects.published()[:3], "typed": words_in(request)}
    return render(request, "404.html", context, status=404)


def forbidden(request, exception):
    if isinstance(exception, SignInNeeded):
        return keep_private(_sign_in_first(request, exception.address))
    return render(request, "403.html", {"typed": words_in(request)}, status=403)


def server_error(request):
    """500, or 503 if the database is away; without what other pages need the database for."""
    if _is_database_away(sys.exc_info()[1]):
        return checked_lately(request) or _unavailable(request)
    page = loader.get_template("500.html").render({"typed": words_in(request)})
    return HttpResponseServerError(page)


def _is_database_away(error) -> bool:
    # SQLite reports a table or column that `migrate` did not make as an operational error, too.
    is_away = isinstance(error, (OperationalError, InterfaceError))
    return is_away and not str(error).startswith(("no such", "table "))


def _unavailable(request):
    """The database is away, its disk is full, or somebody holds a lock for too long."""
    page = loader.get_template("503.html").render({"typed": words_in(request)})
    return HttpResponse(page, status=503, headers={"Retry-After": "5"})


def _sign_in_first(request, address):
    """Lead to the sign-in page; answer a POST with 403, a link there and what was typed."""
    if request.method != "POST":
        return redirect_to_sign_in(request, address)
    sign_in = sign_in_address(address)
    context = {"sign_in": sign_in, "typed": words_in(request)}
    response = render(request, "edition/writing/signed_out.html", context, status=403)
    response["Sign-In"] = sign_in
    return response


def token_refused(request, reason=""):
    """A form without its CSRF token, or with that of another session.

    One that another site sent (for which Django's reason is its Origin or Referer) is refused
    plainly; others come back with what was typed, or the page shows it.
    """
    if not reason.startswith("CSRF"):
        return render(request, "403_csrf.html", status=403)
    context = {"typed": words_to_copy(carried_fields(request.POST))}
    answer = after_refused_token(request)
    return answer or render(request, "403_csrf.html", context, status=403)


def words_in(request) -> list[tuple[str, str]]:
    """What was typed into the form that a request sends, if its token was accepted."""
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return []
    return words_to_copy(carried_fields(request.POST))


def too_many(request):
    advice = "Nothing was saved. Wait a minute, go back, and send it again."
    return with_wait(render(request, "429.html", {"advice": advice}, status=429), MINUTE)


def too_many_exports(request, wait: int):
    advice = f"Wait {counted(wait, 'second')}, then download it again."
    return with_wait(render(request, "429.html", {"advice": advice}, status=429), wait)
