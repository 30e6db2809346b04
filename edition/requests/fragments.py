"""One URL with two bodies: a page, and a fragment for htmx."""

from django.views.decorators.vary import vary_on_headers

two_bodies = vary_on_headers("HX-Request", "HX-Request-Type")


def wants_fragment(request) -> bool:
    """Whether htmx asks for a fragment; when one goes back in history it asks for the page."""
    return bool(request.htmx) and request.headers.get("HX-Request-Type") == "partial"
