"""Who uses a browser, by ids that name nobody: for drafts, and for pages that a browser keeps."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import salted_hmac

from readers.models import Reader, User

SALT = "readers.person"
CLAIMED = "claimed"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Person:
    """Whose drafts a page may show: an account or a guest by an opaque id, or nobody yet.

    `claimed` is the id of the guest whose notes this account took over in this session.
    """

    id: str = ""
    claimed: str = ""


def person_of(request) -> Person:
    """Makes no query unless the request has a cookie that may identify somebody."""
    names = settings.SESSION_COOKIE_NAME, settings.GUEST_COOKIE_NAME
    if not any(name in request.COOKIES for name in names):
        return Person()
    if request.user.is_authenticated:
        return Person(_account_id(request.user), request.session.get(CLAIMED, ""))
    return Person(guest_id(request.reader)) if request.reader else Person()


def guest_id(guest: Reader) -> str:
    return f"g{_digest(f'guest {guest.guest_key}')}"


def is_account(person: str) -> bool:
    """Whether an id is that of an account."""
    return person.startswith("a")


def _account_id(user: User) -> str:
    return f"a{_digest(f'account {user.pk}')}"


def _digest(value: str) -> str:
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()[:20]


def mark_person(get_response):
    """Middleware: a cookie that scripts can read, and that changes when somebody else is here.

    `static/js/pages/same-person.js` compares it, so that no page of an earlier session reappears.
    When it changes, browsers are asked to drop what they kept, for those without scripts.
    """
    name = settings.PERSON_COOKIE_NAME

    def middleware(request):
        response = get_response(request)
        before, now = request.COOKIES.get(name, ""), _mark(request, response)
        if now == before:
            return response
        if now:
            response.set_cookie(
                name, now, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
            )
        else:
            response.delete_cookie(name, samesite="Lax")
        if before:
            response["Clear-Site-Data"] = '"cache"'
        return response

    return middleware


def _mark(request, response) -> str:
    """A digest of the cookies that identify somebody, as they are after this response."""
    values = []
    for name in settings.SESSION_COOKIE_NAME, settings.GUEST_COOKIE_NAME:
        sent = response.cookies.get(name)
        value = request.COOKIES.get(name, "") if sent is None else sent.value
        # With every note the guest's cookie gets another signature; the key before it stays.
        values.append(value.partition(":")[0])
    return _digest(f"cookies {' '.join(values)}") if any(values) else ""
