import logging
import select
import sys

from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.core.management.base import BaseCommand
from django.db import Error, connections

from annotations.editorial.publish import publish_due
from annotations.notes.purge_deleted import purge_deleted
from annotations.notes.wipe_purged import wipe_purged
from config.tolerant_caches import FileCache
from readers.addresses import todays_key
from readers.limit_counters import purge_limit_counters

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Do what is due by the clock: publish essays, purge what readers deleted, forget sessions "
        "that ended and the key of yesterday's hashes of addresses, and limits that are past."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--every",
            type=int,
            metavar="SECONDS",
            help="do it again and again, until standard input ends",
        )

    def handle(self, *, every, **options):
        succeeded = tick()
        if every is None and not succeeded:
            sys.exit(1)
        if every is None:
            return
        connections.close_all()
        # `make read` holds the other end of standard input, which closes however the server ends.
        while not select.select([sys.stdin], [], [], every)[0]:
            tick()
            connections.close_all()


def tick() -> bool:
    """Do each task once; whether all succeeded. One that fails is logged and tried again later."""
    succeeded = True
    tasks = (publish_due, purge_deleted, clear_sessions, todays_key, purge_limit_counters)
    for task in (*tasks, delete_expired, wipe_purged):
        try:
            task()
        except Error as error:  # The database is busy or away.
            logger.error("%s failed: %s", task.__name__, str(error).strip())
            succeeded = False
        except Exception:  # Nothing restarts this process.
            logger.exception("%s failed", task.__name__)
            succeeded = False
    return succeeded


def delete_expired() -> None:
    """Delete what has expired in caches of files, the key of yesterday's addresses among it."""
    for cache in caches.all(initialized_only=False):
        if isinstance(cache, FileCache):
            cache.delete_expired()


def clear_sessions() -> None:
    """Delete the sessions that have ended; Django leaves them in the database."""
    SessionStore.clear_expired()
