"""How many notes, replies and flags one reader and one address may send in a minute."""

import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache

from essays.counted import counted

MINUTE = 60


def count_write(request, form) -> int:
    """Count one attempt to send `form`. Return for how many seconds its sender has to wait.

    It is 0 below the limit; past it, the form gets an error that says so, and is not valid.
    """
    wait = _seconds_to_wait(request)
    if wait:
        seconds = counted(wait, "second")
        form.add_error(
            None,
            f"That was a lot in one minute. Your words are still here: wait {seconds}, then save.",
        )
    return wait


def _seconds_to_wait(request) -> int:
    minute, passed = divmod(int(time.time()), MINUTE)
    address = get_adapter().get_client_ip(request)
    limits = [(f"address:{address}", settings.NOTES_A_MINUTE_BY_ADDRESS)]
    if request.reader:
        limits.append((f"reader:{request.reader.pk}", settings.NOTES_A_MINUTE))
    for who, limit in limits:
        key = f"writes:{minute}:{who}"
        cache.add(key, 0, timeout=2 * MINUTE)
        try:
            count = cache.incr(key)
        except ValueError:
            continue  # The dummy cache, used with DEBUG, keeps nothing.
        if count > limit:
            return MINUTE - passed
    return 0
