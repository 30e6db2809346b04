"""Checks of the host and method of every request, and headers of every response."""

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.urls import reverse

from edition.requests.page_cache import accepted_codings

SAFE_METHODS = ["GET", "HEAD"]
METHODS = [*SAFE_METHODS, "POST"]


def protect(get_response):
    """Refuse unknown hosts and other methods, for static files too; add the protective headers."""

    def middleware(request):
        request.get_host()  # Raises DisallowedHost, which Django answers with 400.
        is_file = request.path_info.startswith(settings.STATIC_URL)
        refused = request.method not in (SAFE_METHODS if is_file else METHODS)
        if refused and request.path_info.startswith(reverse("admin:index")):
            # The admin's views do not look at the method before they do their work.
            response = HttpResponseNotAllowed(METHODS)
        else:
            if refused:
                # No view has a handler for it: each answers 405 with the methods that it allows.
                request.method = "TRACE"
            response = get_response(request)
        if refused and response.status_code != 405:
            response = HttpResponseNotAllowed(SAFE_METHODS)  # There is no such page.
        if response.status_code == 405:
            # Class-based views allow OPTIONS too, which is refused above.
            allowed = response.headers["Allow"].split(", ")
            response.headers["Allow"] = ", ".join(one for one in METHODS if one in allowed)
        for name, value in settings.PROTECTIVE_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def heed_refused_codings(get_response):
    """Leave only accepted codings in Accept-Encoding, since later middleware ignores `q=0`."""

    def middleware(request):
        if header := request.META.get("HTTP_ACCEPT_ENCODING"):
            request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(sorted(accepted_codings(header)))
        return get_response(request)

    return middleware
