"""How many notes, replies and flags one reader and one address may send in a minute."""

import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache

MINUTE = 60


class TooMany(Exception):
    """The limit of this minute is reached; `wait` is the number of seconds until the next."""

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
    """Count one attempt to write something. Raises TooMany."""
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
            raise TooMany(MINUTE - passed)
