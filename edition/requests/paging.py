"""The page of a list that a request asks for."""

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404

NOTES_PER_PAGE = 20


def page_of(request, paginator: Paginator, default: int = 1) -> Page:
    """The page number in `?page=`. Raises BadRequest if it is not a number, Http404 if too high."""
    number = request.GET.get("page", str(default))
    if not (number.isascii() and number.isdecimal() and 0 < len(number) < 10):
        raise BadRequest("page is not a number")
    try:
        return paginator.page(int(number))
    except EmptyPage as error:
        raise Http404 from error
