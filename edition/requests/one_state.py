"""Every reading request sees one state of the database.

A page takes many queries. Were an edit committed between two of them, the page could show a
passage before the veil that hides it, or a mark on the wrong words.
"""

from django.conf import settings

from essays.transactions import snapshot


def read_one_state(get_response):
    """Middleware around the views; those that write have transactions of their own."""

    def middleware(request):
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Finding out who this is may end or renew a session, which writes.
            bool(request.user)
        with snapshot():
            return get_response(request)

    return middleware
