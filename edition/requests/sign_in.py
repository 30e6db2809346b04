"""The reader who writes with a request, and the way to sign in and back."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from annotations.notes import create
from edition.requests.fragments import wants_fragment
from readers.guests import writing_reader
from readers.models import Reader
from readers.person import is_account


class SignInNeeded(PermissionDenied):
    """Somebody whose session ended asked for a thing of their own; `address` is where it is."""

    def __init__(self, address: str):
        super().__init__()
        self.address = address


def session_ended(request) -> bool:
    """Whether nobody is signed in any more: there is an old session, or the form of an account."""
    if request.user.is_authenticated:
        return False
    return settings.SESSION_COOKIE_NAME in request.COOKIES or is_account(
        request.POST.get("person", "")
    )


def check_sender(request, address: str) -> None:
    """Refuse what an account's form sends once that account is not signed in any more.

    Or it would be saved for a new guest, and go to whoever signs in next. Raises SignInNeeded,
    which leads to `address`, or PermissionDenied if somebody else is signed in.
    """
    person = request.POST.get("person", "")
    if is_account(person) and person != request.person.id:
        raise PermissionDenied if request.user.is_authenticated else SignInNeeded(address)


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
