"""The reader of a request: of an account, a guest with a signed cookie, or nobody yet."""

import uuid

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from readers.models import Reader
from readers.person import person_of

SALT = "readers.guest"
YEAR = 365 * 24 * 3600


def known_reader(request) -> Reader | None:
    """The existing reader of an account or guest, or None; creates nothing."""
    if request.user.is_authenticated:
        return Reader.objects.filter(user=request.user).select_related("user").first()
    return guest_of(request)


def guest_of(request) -> Reader | None:
    """The guest of the request's cookie, whether or not somebody is signed in."""
    key = request.get_signed_cookie(settings.GUEST_COOKIE_NAME, default="", salt=SALT, max_age=YEAR)
    try:
        return Reader.objects.filter(guest_key=uuid.UUID(key)).first()
    except ValueError:
        return None


def writing_reader(request) -> Reader:
    """The reader of the request, created if this is the first thing they write.

    With everything that guests write, their cookie is valid for another year.
    """
    reader = request.reader
    if not reader and request.user.is_authenticated:
        reader, _ = Reader.objects.get_or_create(user=request.user)
    elif not reader:
        reader = Reader.new_guest()
        reader.save()
    if reader.is_guest:
        request.guest_to_keep = reader
    request.reader = reader
    return reader


def keep_guest(response, guest: Reader) -> None:
    """Set the cookie of this guest, valid for a year."""
    response.set_signed_cookie(
        settings.GUEST_COOKIE_NAME,
        str(guest.guest_key),
        salt=SALT,
        max_age=YEAR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def forget_guest(response) -> None:
    """Delete the guest's cookie, for instance after an account claimed the notes."""
    response.delete_cookie(settings.GUEST_COOKIE_NAME, samesite="Lax")


class ReaderMiddleware:
    """Sets `request.reader` and `request.person`, which are lazy, and the cookie of a guest."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reader = SimpleLazyObject(lambda: known_reader(request))
        request.person = SimpleLazyObject(lambda: person_of(request))
        request.guest_to_keep = None
        response = self.get_response(request)
        if request.guest_to_keep:
            keep_guest(response, request.guest_to_keep)
        return response
