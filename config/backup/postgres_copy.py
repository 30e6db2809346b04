"""Copies of a PostgreSQL database that is in use, by pg_dump and pg_restore."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.core.management import CommandError
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

# The parameters of a connection that are for Django or psycopg, not for PostgreSQL's programs.
OWN_PARAMETERS = {"client_encoding", "context", "cursor_factory", "password", "prepare_threshold"}
COPY = re.compile(rb'COPY (?:public\.)?"?([^"( ]+)"? \(')


def dump(target: Path) -> dict[str, int]:
    """Write one state of the database to a new file, and return the numbers of its rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        rows = _count(cursor)
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
    return rows


def _count(cursor) -> dict[str, int]:
    rows = {}
    for name in sorted(connection.introspection.table_names(cursor)):
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
        [rows[name]] = cursor.fetchone()
    return rows


def check(path: Path, rows: dict[str, int]) -> None:
    """Read the whole dump back. Raise CommandError unless it has the given numbers of rows."""
    command = [_program("pg_restore"), "--data-only", "--file=-", path]
    found, table = {}, None
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            if table is None and (match := COPY.match(line)):
                table = match[1].decode()
                found[table] = 0
            elif line == b"\\.\n":
                table = None
            elif table is not None:
                found[table] += 1
    if process.returncode or found != rows:
        raise CommandError("The copy of the database is not whole. Make another backup.")


def restore(path: Path, rows: dict[str, int]) -> None:
    """Fill the database, which must be empty, in one transaction. Raises CommandError."""
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise CommandError(
                "The database that DATABASE_URL names is not empty, and nothing is overwritten. "
                "Create an empty one and name that."
            )
        connection.close()
    _run(
        *("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error"),
        *("--single-transaction", path),
    )
    with connection.cursor() as cursor:
        if _count(cursor) != rows:
            raise CommandError("Not all rows arrived. Create another empty database and try again.")


def _run(program: str, *arguments: str | Path) -> None:
    """Run a program of PostgreSQL on the site's database. Raises CommandError."""
    parameters = connection.get_connection_params()
    address = make_conninfo(
        **{name: value for name, value in parameters.items() if name not in OWN_PARAMETERS}
    )
    environment = {**os.environ, "PGPASSWORD": parameters.get("password", "")}
    process = subprocess.run(
        [_program(program), f"--dbname={address}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
    )
    if process.returncode:
        raise CommandError(f"{program} failed: {process.stderr.strip()}")


def _program(name: str) -> str:
    path = shutil.which(name)
    if not path:
        raise CommandError(
            f"{name} is not here. Install PostgreSQL's client programs (Debian: "
            "apt-get install postgresql-client), of the server's version or later."
        )
    return path
