"""Take the bytes of purged words out of the files of the database."""

from django.db import connection

from annotations.models import Flag, Note, Reply

TABLES = [model._meta.db_table for model in (Note, Reply, Flag)]


def wipe_purged() -> None:
    """Let nothing of deleted rows stay behind; `tick` calls it after every purge.

    SQLite has overwritten them (`secure_delete`), but its WAL has older pages until it is emptied.
    PostgreSQL keeps deleted rows until a VACUUM.
    """
    if connection.in_atomic_block:
        return  # Neither is possible before it ends.
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # If somebody still reads an older state it stops short; the next tick tries again.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        # It reads little of a table that has not changed.
        cursor.execute(f"VACUUM {', '.join(TABLES)}")
