"""A PostgreSQL and a Redis for the tests alone, removed when they are no longer needed.

`python -m tests.postgres ARGUMENT…` runs Python with these arguments and with the addresses of
both in TEST_DATABASE_URL and TEST_CACHE_URL, where tests/settings.py looks for them.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from scripts.provision import tools

# Durability is of no use to a database that is thrown away.
HASTY = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
START_SECONDS = 300


class Cluster:
    """A PostgreSQL cluster that listens on a socket only, for a `with` block; `url` is its address.

    Unless it is `durable`, what is committed can be lost when it is killed.
    """

    def __init__(self, *, durable: bool = False):
        self.options = "" if durable else HASTY

    def __enter__(self) -> "Cluster":
        self.folder = Path(tempfile.mkdtemp(prefix="sv-"))
        self.url = f"postgres://postgres@/postgres?host={self.folder}"
        # It refuses to run as root.
        self.user = "nobody" if os.getuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        options = ["-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        self._run("initdb", "-U", "postgres", *options)
        self.start()
        return self

    def __exit__(self, *error) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' {self.options}"
        self._run("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-o", options)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-m", "immediate" if self.options else "fast")

    def restart(self) -> None:
        self._run("pg_ctl", "restart", "-w", "-t", str(START_SECONDS), "-m", "fast")

    def kill(self) -> None:
        """Kill all its processes, so that it must recover from its log."""
        lock = self.folder / "data" / "postmaster.pid"
        pid = int(lock.read_text().splitlines()[0])
        children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
        for process in [pid, *map(int, children.stdout.split())]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        # Nobody may wait for the process, which then stays a zombie and would count as alive.
        for file in (lock, *self.folder.glob(".s.PGSQL.*.lock")):
            file.unlink()

    def _run(self, program: str, *arguments: str) -> None:
        log = self.folder / "log"
        with log.open("a") as out:
            code = subprocess.call(
                [Path(tools()["pg_ctl"]).parent / program, "-D", self.folder / "data", *arguments],
                user=self.user,
                extra_groups=[] if self.user else None,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        assert code == 0, f"{program} failed:\n{log.read_text()}"


class Redis:
    """A Redis that listens on a socket only, for a `with` block; `url` is its address."""

    def __enter__(self) -> "Redis":
        self.folder = Path(tempfile.mkdtemp(prefix="sv-"))
        self.socket = self.folder / "socket"
        self.url = f"redis://{self.socket}"
        self.start()
        return self

    def __exit__(self, *error) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def start(self) -> None:
        log = self.folder / "log"
        command = [tools()["redis"], "--port", "0", "--unixsocket", self.socket]
        command += ["--dir", self.folder, "--save", "", "--databases", "64"]
        with log.open("a") as out:
            self.server = subprocess.Popen(command, stdout=out, stderr=out)
        deadline = time.monotonic() + START_SECONDS
        while not self.socket.exists():
            assert self.server.poll() is None, f"Redis ended:\n{log.read_text()}"
            assert time.monotonic() < deadline, f"Redis does not start:\n{log.read_text()}"
            time.sleep(0.05)

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait()


def main() -> int:
    with Cluster() as cluster, Redis() as redis:
        urls = {"TEST_DATABASE_URL": cluster.url, "TEST_CACHE_URL": redis.url}
        return subprocess.call([sys.executable, *sys.argv[1:]], env={**os.environ, **urls})


if __name__ == "__main__":
    sys.exit(main())
