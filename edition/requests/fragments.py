"""One URL, two bodies: a page for the address bar, a card for htmx."""

from django.views.decorators.vary import vary_on_headers

two_bodies = vary_on_headers("HX-Request", "HX-Request-Type")


def wants_fragment(request) -> bool:
    """Whether htmx asks for a part. Going back in history it asks for the whole page."""
    return bool(request.htmx) and request.headers.get("HX-Request-Type") == "partial"
