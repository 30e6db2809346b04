"""The reader who writes with a request, and the way to sign in and back."""

from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse

from annotations.notes import create
from edition.requests.fragments import wants_fragment
from readers.guests import writing_reader
from readers.models import Reader


def writer(request, token: UUID) -> Reader:
    """The reader who writes. A guest who repeats their first save is the guest that it created."""
    if not request.reader and not request.user.is_authenticated:
        request.reader = create.guest_of_token(token)
    return writing_reader(request)


def redirect_to_sign_in(request, address: str) -> HttpResponse:
    """Redirect to the sign-in page, which then leads to `address`."""
    response = redirect_to_login(address)
    return redirect_to(request, response.url)


def redirect_to(request, address: str) -> HttpResponse:
    """Redirect: for htmx with a header that it follows, for everyone else with 303."""
    if wants_fragment(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponse(status=303, headers={"Location": address})


def sign_in_address(address: str) -> str:
    return redirect_to_login(address).url
