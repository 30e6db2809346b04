"""Runs the site in a process of its own, as `make read` does."""

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection

from scripts import serve

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 600


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def environment(data_dir: Path, **variables: str) -> dict[str, str]:
    """Environment variables of a site with production's settings and its data in `data_dir`."""
    # What config.wsgi sets when a test imports it is not for the other process.
    pooling = ("DATABASE_POOL", "DATABASE_WAIT")
    return {
        **{name: value for name, value in os.environ.items() if name not in pooling},
        "DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **variables,
    }


class OwnDatabase(NamedTuple):
    """A database for a process that a test starts, on the database server of the tests."""

    variables: dict[str, str]
    connect: Callable[[], sqlite3.Connection | psycopg.Connection]


@contextmanager
def own_database(data_dir: Path, template: str = "template1") -> Iterator[OwnDatabase]:
    """On PostgreSQL it is a copy of the template, on SQLite the file in `data_dir`."""
    if connection.vendor == "sqlite":
        yield OwnDatabase({}, lambda: sqlite3.connect(data_dir / "db.sqlite3", timeout=20))
        return
    name = f"own_{uuid.uuid4().hex}"
    try:
        yield create_database(name, template)
    finally:
        with _connection_to("postgres") as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def create_database(name: str, template: str = "template1") -> OwnDatabase:
    """Make a database on the PostgreSQL server of the tests, in place of another of that name."""
    host = connection.settings_dict["OPTIONS"]["host"]
    with _connection_to("postgres") as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    url = f"postgres://postgres@/{name}?host={host}"
    return OwnDatabase({"DATABASE_URL": url}, lambda: _connection_to(name))


def _connection_to(name: str) -> psycopg.Connection:
    host = connection.settings_dict["OPTIONS"]["host"]
    return psycopg.connect(host=host, user="postgres", dbname=name, autocommit=True)


def serving(data_dir: Path, **variables: str):
    """Set a site up as `make read` does, run it, and yield its address once it answers.

    The address has no slash at its end.
    """
    return running(lambda port: [sys.executable, "-m", "scripts.read"], data_dir, variables)


def serving_prepared(data_dir: Path, **variables: str):
    """Run a site whose data folder is set up already; sessions of this process are valid there."""
    variables = {"SECRET_KEY": settings.SECRET_KEY, "WORKERS": "1"} | variables
    return running(
        lambda port: serve.server("127.0.0.1", port, variables["WORKERS"]), data_dir, variables
    )


@contextmanager
def running(command: Callable[[str], list[str]], data_dir: Path, variables: Mapping[str, str]):
    """Run the command for a free port, and yield the site's address once it answers."""
    port = str(free_port())
    log_path = data_dir / "server.log"
    with log_path.open("w") as log:
        server = subprocess.Popen(
            command(port),
            cwd=ROOT,
            env=environment(data_dir, **{"PORT": port, "WORKERS": "1", **variables}),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield wait_for(f"http://localhost:{port}", server, log_path)
    finally:
        server.terminate()
        server.wait(START_SECONDS)


def wait_for(url: str, server: subprocess.Popen, log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if get(url, "/healthz").status == 200:
                return url
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The site does not answer. Its log:\n{log.read_text()}")


def get(url: str, path: str, headers: Mapping[str, str] | None = None) -> http.client.HTTPResponse:
    """The response to one request, redirects included, with its body read into `text`."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    with closing(connection):
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        response.text = response.read().decode()
        return response


def settings_with(names: list[str], folder: Path, **variables: str) -> str:
    """Settings as Python would write them, or the error, in a process with these variables."""
    code = f"from config import settings; print([getattr(settings, name) for name in {names}])"
    return output_of(code, folder, **variables)


def output_of(code: str, folder: Path, **variables: str) -> str:
    process = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=600,
    )
    return process.stdout.strip() or process.stderr
