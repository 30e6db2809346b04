"""Which methods a page takes, told by its view to whoever refuses the others."""

from django.views.decorators import http
from django.views.decorators.csrf import csrf_exempt

METHODS = ["GET", "HEAD", "POST"]
READING = ["GET", "HEAD"]


def require_safe(view):
    """GET and HEAD only, as Django's own; a POST gets 405 before anything asks for its token."""
    return _taking(READING, csrf_exempt(http.require_safe(view)))


def require_post(view):
    """POST only, as Django's own."""
    return _taking(["POST"], http.require_POST(view))


def _taking(methods, view):
    view.methods = methods
    return view


def methods_of(view) -> list[str]:
    """Those of METHODS that a view takes, as far as it says so; else all."""
    if hasattr(view, "methods"):
        return view.methods
    handlers = getattr(view, "view_class", None)
    if handlers is None:
        return METHODS
    # Django answers HEAD by the handler of GET.
    names = {method: "get" if method == "HEAD" else method.lower() for method in METHODS}
    return [method for method, name in names.items() if hasattr(handlers, name)]
