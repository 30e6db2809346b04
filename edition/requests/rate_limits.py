"""How much may be written in a minute, by one reader and from one address."""

import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache

MINUTE = 60


class TooMany(Exception):
    """More than a minute's share; `wait` is the number of seconds until the next one."""

    def __init__(self, wait: int):
        super().__init__(wait)
        self.wait = wait

    @property
    def message(self):
        seconds = f"{self.wait} second{'' if self.wait == 1 else 's'}"
        return (
            f"That was a lot in one minute. Your words are still here: wait {seconds}, then save."
        )


def count_write(request) -> None:
    """Count something that is being written. Raises TooMany."""
    minute, passed = divmod(int(time.time()), MINUTE)
    address = get_adapter().get_client_ip(request)
    shares = [(f"address:{address}", settings.NOTES_A_MINUTE_BY_ADDRESS)]
    if request.reader:
        shares.append((f"reader:{request.reader.pk}", settings.NOTES_A_MINUTE))
    for who, share in shares:
        key = f"writes:{minute}:{who}"
        cache.add(key, 0, timeout=2 * MINUTE)
        try:
            count = cache.incr(key)
        except ValueError:
            continue  # A cache that keeps nothing, as under DEBUG.
        if count > share:
            raise TooMany(MINUTE - passed)
