"""Redirects from the former addresses of essays, themes and works to the current ones."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse

from edition.requests.access import readable_by
from essays.models import Essay

UNDER_AN_ESSAY = "<slug:slug>/"


class RedirectFormerUrls:
    """Middleware: if a view under an essay's address raises Http404, try former addresses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        match = request.resolver_match
        if isinstance(exception, Http404) and match and match.route.startswith(UNDER_AN_ESSAY):
            return _redirect(request, match)
        return None


def _redirect(request, match):
    essay = Essay.objects.filter(former_addresses__slug=match.kwargs["slug"]).first()
    if essay is None or not readable_by(request).includes(essay):
        return None
    url = reverse(match.view_name, kwargs={**match.kwargs, "slug": essay.slug})
    query = request.META.get("QUERY_STRING", "")
    # A POST keeps its data with 308; everything else gets 301.
    return _uncached(
        HttpResponsePermanentRedirect(
            f"{url}?{query}" if query else url, preserve_request=request.method == "POST"
        )
    )


def redirect_to_current(*place):
    """Redirect from a former address of a theme or work; takes the arguments of `redirect`."""
    return _uncached(redirect(*place, permanent=True))


def _uncached(response):
    """Browsers cache permanent redirects; an old name that is used again would make a loop."""
    response["Cache-Control"] = "no-cache"
    return response
