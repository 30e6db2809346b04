"""What every answer says to protect its reader, and what no page ever listens to."""

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.urls import Resolver404, resolve

from edition.requests.allowed_methods import METHODS, READING, methods_of
from edition.requests.page_cache import accepted_codings


def protect(get_response):
    """Refuse unknown hosts and other methods, static files included; add the headers."""

    def middleware(request):
        request.get_host()  # Raises DisallowedHost, which Django answers with 400.
        is_file = request.path_info.startswith(settings.STATIC_URL)
        if request.method in (READING if is_file else METHODS):
            response = get_response(request)
        else:
            response = HttpResponseNotAllowed(_taken_at(request.path_info))
        if response.status_code == 405:
            # Views of classes name OPTIONS as well, which nothing here answers.
            allowed = response.headers["Allow"].split(", ")
            response.headers["Allow"] = ", ".join(one for one in allowed if one in METHODS)
        for name, value in settings.PROTECTIVE_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def _taken_at(path: str) -> list[str]:
    try:
        return methods_of(resolve(path).func)
    except Resolver404:
        return READING


def heed_refused_codings(get_response):
    """Leave only what is accepted in Accept-Encoding; what reads it later is blind to `q=0`."""

    def middleware(request):
        if header := request.META.get("HTTP_ACCEPT_ENCODING"):
            request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(sorted(accepted_codings(header)))
        return get_response(request)

    return middleware
