"""What every answer says to protect its reader, and what no page ever listens to."""

from django.conf import settings
from django.http import HttpResponseNotAllowed

METHODS = ["GET", "HEAD", "POST"]


def protect(get_response):
    """Refuse unknown hosts and other methods, static files included; add the headers."""

    def middleware(request):
        request.get_host()  # Raises DisallowedHost, which Django answers with 400.
        if request.method in METHODS:
            response = get_response(request)
        else:
            response = HttpResponseNotAllowed(METHODS)
        for name, value in settings.PROTECTIVE_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
