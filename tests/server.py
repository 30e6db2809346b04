"""The site as a reader meets it: set up and served by the command behind `make read`."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def environment(data_dir: Path, **variables: str) -> dict[str, str]:
    """The environment of a site that keeps its data in `data_dir`, with production's settings."""
    return {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **variables,
    }


class OwnDatabase(NamedTuple):
    """An empty database for a process that a test starts, on the database server of the tests."""

    variables: dict[str, str]
    connect: Callable[[], sqlite3.Connection | psycopg.Connection]


@contextmanager
def own_database(data_dir: Path) -> Iterator[OwnDatabase]:
    if connection.vendor == "sqlite":
        yield OwnDatabase({}, lambda: sqlite3.connect(data_dir / "db.sqlite3", timeout=20))
        return
    host = connection.settings_dict["OPTIONS"]["host"]
    name = f"own_{uuid.uuid4().hex}"

    def connect(name: str, **options) -> psycopg.Connection:
        return psycopg.connect(host=host, user="postgres", dbname=name, **options)

    with closing(connect("postgres", autocommit=True)) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            url = f"postgres://postgres@/{name}?host={host}"
            yield OwnDatabase({"DATABASE_URL": url}, lambda: connect(name))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def serving(data_dir: Path, **variables: str):
    """Run the site and yield its address, without a slash at the end, once it answers."""
    port = free_port()
    log_path = data_dir / "server.log"
    with log_path.open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "scripts.read"],
            cwd=ROOT,
            env=environment(data_dir, **{"PORT": str(port), "WORKERS": "1", **variables}),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _wait_for(f"http://localhost:{port}", server, log_path)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen, log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/", timeout=5).close()
            return url
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"The site does not answer. It said:\n{log.read_text()}")
