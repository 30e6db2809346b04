"""How often a password may be tried: by name and address together, so nobody locks out another.

The more are tried, the longer one waits for the next. A browser in which somebody signed in before
has a signed cookie that says so, and a count of its own for that name.
"""

from math import ceil

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpResponse
from django.utils.crypto import salted_hmac

from edition.requests.rate_limits import MINUTE
from essays.counted import counted
from readers import limit_counters

SALT = "edition.password_limits"
YEAR = 365 * 24 * 3600
MAX_NAMES = 5
# Seconds, and how many passwords may be tried in them: one every 12 s, 3 min, 24 min at last.
LIMITS = [(MINUTE, 5), (60 * MINUTE, 20), (24 * 60 * MINUTE, 60)]


def count_try(request, user_name: str) -> int:
    """Count a password that is tried. Return for how many seconds to wait, also in the request."""
    digest = _digest(user_name)
    known = digest in _names(request)
    who = "known browser" if known else f"address {get_adapter().get_client_ip(request)}"
    request.password_wait = 0
    for seconds, most in LIMITS:
        if wait := limit_counters.take({f"password {digest} {seconds} {who}": most}, seconds):
            request.password_wait = wait
            break
    return request.password_wait


def remember(request, response: HttpResponse, user_name: str) -> None:
    """Let this browser be known as one in which `user_name` signed in."""
    digest = _digest(user_name)
    names = [digest, *(name for name in _names(request) if name != digest)]
    response.set_signed_cookie(
        settings.KNOWN_COOKIE_NAME,
        ".".join(names[:MAX_NAMES]),
        salt=SALT,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def advice(wait: int) -> str:
    time = counted(wait, "second") if wait < 2 * MINUTE else f"{ceil(wait / MINUTE)} minutes"
    return f"That was tried too often. Wait {time}, then try again."


def _names(request) -> list[str]:
    name, year = settings.KNOWN_COOKIE_NAME, YEAR
    return request.get_signed_cookie(name, "", salt=SALT, max_age=year).split(".")


def _digest(user_name: str) -> str:
    return salted_hmac(SALT, user_name.casefold(), algorithm="sha256").hexdigest()[:20]
