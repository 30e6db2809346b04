"""The way back to where an editor came from."""

from django.utils.http import url_has_allowed_host_and_scheme, urlencode


def next_url(request) -> str:
    """The address on this site that `next` asks to come back to; empty if it asks for none."""
    address = request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if allowed else ""


def with_next(address: str, back: str) -> str:
    """An address that asks to come back to `back` afterwards, unless that is empty."""
    return f"{address}?{urlencode({'next': back})}" if back else address
