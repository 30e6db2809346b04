"""Who is asking: the account's reader, a guest known by a signed cookie, or nobody yet."""

import uuid

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from readers.models import Reader

COOKIE = "guest"
SALT = "readers.guest"
YEAR = 365 * 24 * 3600


def known_reader(request) -> Reader | None:
    """The reader who asks, if they have written before or are signed in; creates nothing."""
    if request.user.is_authenticated:
        return Reader.objects.filter(user=request.user).select_related("user").first()
    return guest_of(request)


def guest_of(request) -> Reader | None:
    """The guest whose cookie came with the request, whoever is signed in."""
    key = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=YEAR)
    try:
        return Reader.objects.filter(guest_key=uuid.UUID(key)).first()
    except ValueError:
        return None


def writing_reader(request) -> Reader:
    """The reader who asks, made now if this is the first thing they write."""
    reader = request.reader
    if reader:
        return reader
    if request.user.is_authenticated:
        made, _ = Reader.objects.get_or_create(user=request.user)
    else:
        made = Reader.new_guest()
        made.save()
        request.new_guest = made
    request.reader = made
    return made


def forget_guest(response) -> None:
    """Let the browser be nobody again, as after its notes were claimed."""
    response.delete_cookie(COOKIE, samesite="Lax")


class ReaderMiddleware:
    """Sets `request.reader`, read when first asked for; gives a new guest their cookie."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reader = SimpleLazyObject(lambda: known_reader(request))
        request.new_guest = None
        response = self.get_response(request)
        if request.new_guest:
            response.set_signed_cookie(
                COOKIE,
                str(request.new_guest.guest_key),
                salt=SALT,
                max_age=YEAR,
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response
