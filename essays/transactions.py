"""Transactions that write, tried again where the database asks for it, and those that only read."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.db import OperationalError, connection, transaction
from django.db.models import Model, QuerySet

MAX_TRIES = 4
# Of PostgreSQL: the transaction was part of a deadlock, or cannot be put in a row with others.
RETRIED_STATES = {"40P01", "40001"}


def writing[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Decorator: run the function in a transaction, up to four times if others get in its way.

    So the function must read within itself whatever it decides by. Where a transaction is open
    already, the function becomes a part of that one, which is tried again as a whole.
    """

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        tries = 1 if connection.in_atomic_block else MAX_TRIES
        while True:
            tries -= 1
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except OperationalError as error:
                if not tries or not _is_worth_retrying(error):
                    raise

    return inner


def _is_worth_retrying(error: OperationalError) -> bool:
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode == sqlite3.SQLITE_BUSY_SNAPSHOT
    return getattr(cause, "sqlstate", None) in RETRIED_STATES


def lock[T: Model](rows: QuerySet[T]) -> list[T]:
    """Lock rows of one table until the transaction ends, by ascending id, and return them as read.

    Rows that only point to them can still be added: so `no_key`.
    """
    return list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))


@contextmanager
def snapshot() -> Iterator[None]:
    """Read one state of the database, whatever is committed meanwhile; takes no lock.

    Within another transaction it does nothing: on SQLite that is such a state, too.
    """
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        with _beginning("DEFERRED"), transaction.atomic():
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _beginning(mode: str) -> Iterator[None]:
    """Let SQLite's transactions begin in this mode, in place of that of the settings."""
    connection.ensure_connection()  # Connecting sets the mode of the settings.
    before, connection.transaction_mode = connection.transaction_mode, mode
    try:
        yield
    finally:
        connection.transaction_mode = before
