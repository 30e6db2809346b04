"""Pages of a long list, as their address asks for them."""

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404


def page_of(request, paginator: Paginator, otherwise: int = 1) -> Page:
    """The page that `?page=` asks for. BadRequest for no number, Http404 for a page too far."""
    asked = request.GET.get("page", str(otherwise))
    if not (asked.isascii() and asked.isdecimal() and 0 < len(asked) < 10):
        raise BadRequest("page is not a number")
    try:
        return paginator.page(int(asked))
    except EmptyPage as error:
        raise Http404 from error
