"""A PostgreSQL and a Redis for the tests alone, removed when they are no longer needed.

`python -m tests.postgres ARGUMENT…` runs Python with these arguments and with the addresses of
both in TEST_DATABASE_URL and TEST_CACHE_URL, where tests/settings.py looks for them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.provision import tools

# Durability is of no use to a database that is thrown away.
OPTIONS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses=''"
START_SECONDS = 300


@contextmanager
def running() -> Iterator[str]:
    """Start a PostgreSQL cluster that listens on a socket only, and yield its DATABASE_URL."""
    programs = Path(tools()["pg_ctl"]).parent
    with _folder() as folder:
        log = folder / "log"
        # It refuses to run as root.
        user = "nobody" if os.getuid() == 0 else None
        if user:
            shutil.chown(folder, user)

        def run(program: str, *arguments: str) -> None:
            with log.open("a") as out:
                code = subprocess.call(
                    [programs / program, "-D", folder / "data", *arguments],
                    user=user,
                    extra_groups=[] if user else None,
                    cwd=folder,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                )
            assert code == 0, f"{program} failed:\n{log.read_text()}"

        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        run("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-o", f"-k {folder} {OPTIONS}")
        try:
            yield f"postgres://postgres@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")


@contextmanager
def running_redis() -> Iterator[str]:
    """Start a Redis that listens on a socket only, and yield its CACHE_URL."""
    with _folder() as folder:
        socket, log = folder / "socket", folder / "log"
        command = [tools()["redis"], "--port", "0", "--unixsocket", socket, "--dir", folder]
        with log.open("w") as out:
            server = subprocess.Popen(
                [*command, "--save", "", "--databases", "64"], stdout=out, stderr=out
            )
        try:
            deadline = time.monotonic() + START_SECONDS
            while not socket.exists():
                assert server.poll() is None, f"Redis ended:\n{log.read_text()}"
                assert time.monotonic() < deadline, f"Redis does not start:\n{log.read_text()}"
                time.sleep(0.05)
            yield f"redis://{socket}"
        finally:
            server.terminate()
            server.wait()


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="sv-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def main() -> int:
    with running() as database_url, running_redis() as cache_url:
        urls = {"TEST_DATABASE_URL": database_url, "TEST_CACHE_URL": cache_url}
        return subprocess.call([sys.executable, *sys.argv[1:]], env={**os.environ, **urls})


if __name__ == "__main__":
    sys.exit(main())
