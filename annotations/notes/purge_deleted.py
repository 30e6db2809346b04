"""What was deleted goes when its time is up, whether or not anybody writes meanwhile."""

import time
from threading import Thread

from django.db import DatabaseError, connections

from annotations.notes.create import purge

SECONDS = 10


def keep_purging() -> None:
    """Start to purge again and again for as long as this process serves."""
    Thread(target=_purge_on, name="purging", daemon=True).start()


def _purge_on() -> None:
    while True:
        time.sleep(SECONDS)
        try:
            purge()
        except DatabaseError:
            pass  # Busy or away: it is tried again soon.
        finally:
            connections.close_all()
