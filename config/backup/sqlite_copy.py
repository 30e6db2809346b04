"""Copies of an SQLite database that is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management import CommandError
from django.db import connection


def dump(target: Path) -> dict[str, int]:
    """Write one state of the database to a new file, and return the numbers of its rows.

    VACUUM INTO reads in one transaction, while others write; it leaves out what was deleted.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    return rows_of(target)


def check(path: Path, rows: dict[str, int]) -> None:
    """Raise CommandError unless the copy is whole."""
    with closing(sqlite3.connect(path)) as copy:
        problems = [result for (result,) in copy.execute("PRAGMA integrity_check")]
        orphans = copy.execute("PRAGMA foreign_key_check").fetchall()
    if problems != ["ok"] or orphans or rows_of(path) != rows:
        raise CommandError("The copy of the database is not whole. Make another backup.")


def rows_of(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as copy:
        tables = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {
            name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in tables.fetchall()
        }
