"""Former addresses of essays: what was under one of them leads to the same under today's."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse

from annotations.editorial.publish import publish_due
from edition.requests.access import readable_by
from essays.models import Essay

UNDER_AN_ESSAY = "<slug:slug>/"


class FollowMoved:
    """Looks for a former address where a view under an essay's found nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        match = request.resolver_match
        if isinstance(exception, Http404) and match and match.route.startswith(UNDER_AN_ESSAY):
            return _moved(request, match)
        return None


def _moved(request, match):
    essays = Essay.objects.filter(former_addresses__slug=match.kwargs["slug"])
    essay = essays.first()
    if essay and essay.is_draft and essay.publish_at and publish_due():
        essay = essays.first()
    if essay is None or not readable_by(request).has(essay):
        return None
    url = reverse(match.view_name, kwargs={**match.kwargs, "slug": essay.slug})
    query = request.META.get("QUERY_STRING", "")
    # What was typed into a form is sent on (308); the rest of the world knows 301.
    return _kept_by_nobody(
        HttpResponsePermanentRedirect(
            f"{url}?{query}" if query else url, preserve_request=request.method == "POST"
        )
    )


def moved_to(*place):
    """To where a theme or a work went that was called otherwise."""
    return _kept_by_nobody(redirect(*place, permanent=True))


def _kept_by_nobody(response):
    """Browsers would keep it for good, and go in circles once an old name is taken back."""
    response["Cache-Control"] = "no-cache"
    return response
