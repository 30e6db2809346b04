"""Counters of limits: at most so many times in so many seconds, for each key.

A counter is one time, in microseconds since 1970: when it will be empty again. Each use moves it on
by its share of the period, unless that would be later than a whole period from now. So a burst may
use up the limit, and the counter then refills evenly. A key, which may name a reader or an address,
is stored as a keyed hash, and `manage.py tick` deletes it once its counter is empty.
"""

import logging
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import ceil
from time import monotonic

from django.db import DatabaseError, connection
from django.utils.crypto import salted_hmac

from readers.models import LimitCounter

logger = logging.getLogger(__name__)

SECOND = 1_000_000
MAX_IN_PROCESS = 20_000
HASH_LENGTH = 32
# Seconds: how long a use waits for SQLite's lock, and for how long no other tries after it could
# not be counted. What is counted, which waits itself, must be answered within three.
WAIT = 0.5
REST = 2

# One statement, so that no two requests can both take the last use.
_ADVANCE = """
INSERT INTO readers_limitcounter AS counter (key, empty_at) VALUES (%(key)s, %(now)s + %(share)s)
ON CONFLICT (key) DO UPDATE SET empty_at =
    CASE WHEN counter.empty_at > %(now)s THEN counter.empty_at ELSE %(now)s END + %(share)s
WHERE counter.empty_at <= %(latest)s
RETURNING empty_at
"""


class DatabaseCounters:
    """Shared by all processes. Call it where no row is locked: it commits by itself."""

    def advance(self, key: str, now: int, share: int, latest: int) -> int | None:
        """Move the counter on. If it stands after `latest`, leave it and return where it stands."""
        values = {"key": key, "now": now, "share": share, "latest": latest}
        with connection.cursor() as cursor, _short_wait(cursor):
            cursor.execute(_ADVANCE, values)
            # All rows, since SQLite commits only when the statement has ended.
            if cursor.fetchall():
                return None
        return LimitCounter.objects.filter(key=key).values_list("empty_at", flat=True).first()


@contextmanager
def _short_wait(cursor) -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    cursor.execute(f"PRAGMA busy_timeout = {min(usual, round(WAIT * 1000))}")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {usual}")


class ProcessCounters:
    """Of this process alone, and gone with it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        self.counters: dict[str, int] = {}
        self.takes_over_until = float("-inf")

    def advance(self, key: str, now: int, share: int, latest: int) -> int | None:
        with self.lock:
            if len(self.counters) >= MAX_IN_PROCESS:
                self.counters = {key: at for key, at in self.counters.items() if at > now}
            if len(self.counters) >= MAX_IN_PROCESS:
                self.counters.clear()
            empty_at = max(now, self.counters.get(key, 0))
            if empty_at > latest:
                return empty_at
            self.counters[key] = empty_at + share
            return None


database, process = DatabaseCounters(), ProcessCounters()


def take(limits: Mapping[str, int], seconds: int, counters=database) -> int:
    """Count one use of each key. Return how many seconds to wait; 0 if no limit is reached.

    `limits` says how often each key may be used in `seconds`, which are at most a day's. If the
    database cannot count, this process does: what is counted must not fail for its counter.
    """
    # By ascending key, as all rows are locked.
    return max((_take(key, limits[key], seconds, counters) for key in sorted(limits)), default=0)


def _take(key: str, most: int, seconds: int, counters) -> int:
    if most < 1:
        return seconds
    now = int(time.time() * SECOND)
    share = seconds * SECOND // most
    latest = now + share * (most - 1)
    hashed = salted_hmac("readers.limit_counters", key, algorithm="sha256").hexdigest()
    use = hashed[:HASH_LENGTH], now, share, latest
    takes_over = monotonic() < process.takes_over_until
    try:
        empty_at = (process if takes_over else counters).advance(*use)
    except DatabaseError as error:
        logger.warning("Limits count in this process only: %s", str(error).strip())
        process.takes_over_until = monotonic() + REST
        empty_at = process.advance(*use)
    return 0 if empty_at is None else max(1, ceil((empty_at - latest) / SECOND))


def purge_limit_counters() -> None:
    """Delete the counters that are empty again, and with them all that they tell."""
    LimitCounter.objects.filter(empty_at__lt=int(time.time() * SECOND)).delete()
