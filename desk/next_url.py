"""The URL of the page that an editor came from, in the parameter `next`."""

from django.utils.http import url_has_allowed_host_and_scheme, urlencode


def next_url(request) -> str:
    """The URL in `next` if it is on this site, else an empty string."""
    url = request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if allowed else ""


def with_next(url: str, back: str) -> str:
    """`url` with `back` as its `next`, unless that is empty."""
    return f"{url}?{urlencode({'next': back})}" if back else url
