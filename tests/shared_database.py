"""A database with the essays of the cast, for several connections at once.

The database of most tests is a single connection within a transaction, where nobody waits and
nothing is committed.
"""

import shutil
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection, connections, transaction

from tests import cast
from tests.all_caches import clear_caches

WAIT_SECONDS = 300


@contextmanager
def prepared(folder: Path) -> Iterator[str]:
    """Make the database that the others are copies of; yields its name."""
    if connection.vendor == "sqlite":
        name = str(folder / "prepared.sqlite3")
        _fill(name)
        yield name
        return
    name = f"prepared_{uuid.uuid4().hex}"
    with _server() as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            _fill(name)
            yield name
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _fill(name: str) -> None:
    with using(name):
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            cast.her()
            cast.second()


@contextmanager
def copy_of(name: str, folder: Path) -> Iterator[str]:
    """A copy of a database that nobody is connected to; yields its name."""
    if connection.vendor == "sqlite":
        yield shutil.copy(name, folder / "shared.sqlite3")
        return
    copy = f"shared_{uuid.uuid4().hex}"
    with _server() as server:
        server.execute(f"CREATE DATABASE {copy} TEMPLATE {name}")
        try:
            yield copy
        finally:
            server.execute(f"DROP DATABASE {copy} WITH (FORCE)")


@contextmanager
def using(name: str) -> Iterator[None]:
    """Let every thread that connects from now on use this database."""
    before = connections["default"]
    settings, name_before = before.settings_dict, before.settings_dict["NAME"]
    settings["NAME"] = name
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = name_before
        connections["default"] = before
        clear_caches()


def _server():
    host = connection.settings_dict["OPTIONS"]["host"]
    return closing(psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True))


def at_once(*works: Callable[[], object]) -> list[BaseException]:
    """Run these in threads that begin together; return what they raised."""
    barrier, errors = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(WAIT_SECONDS)
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work], daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_SECONDS)
        assert not thread.is_alive(), "A thread waits for ever."
    return errors


def elsewhere[T](work: Callable[[], T]) -> T:
    """Run it in a thread, on a connection of its own, and return what it returns."""
    results: list[T] = []
    errors = at_once(lambda: results.append(work()))
    if errors:
        raise errors[0]
    return results[0]


@contextmanager
def once_something_is_read_from(table, work, *, in_transaction=False):
    """Do some work, on a connection of its own, as soon as a query has read from the table.

    With `in_transaction`, a query within a transaction, where only PostgreSQL lets others write.
    """
    done = []

    def watch(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if in_transaction and not connection.in_atomic_block:
            return result
        if not done and sql.startswith("SELECT") and f'FROM "{table}"' in sql:
            done.append(elsewhere(work))
        return result

    with connection.execute_wrapper(watch):
        yield done
