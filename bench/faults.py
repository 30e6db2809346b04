"""Let things fail while readers write: `python -m bench.faults [name …]`, or `make faults`.

Each fault has a site of its own, as deploy/ serves it with two workers. In the middle of at least
1,000 saves through the real form something fails, and is mended some seconds later. Afterwards the
database must have every note that was acknowledged, once. Takes about a minute a fault; the disk
that fills up is a small tmpfs, which only root may mount.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg

from bench.fault_load import Load, counted
from scripts import serve
from tests.postgres import Cluster, Redis
from tests.server import ROOT, environment, free_port, wait_for

NOTES = 1_000
HELD = 26  # Seconds for which another process holds SQLite's write lock.
AWAY = 4  # Seconds for which other things are away.
DISK = 48  # Megabytes.


class Site:
    """A site that a supervisor starts again whenever its server ends, as systemd does."""

    def __init__(self, data_dir: Path, **variables: str):
        self.data_dir, self.port = data_dir, str(free_port())
        limits = {"NOTES_A_MINUTE_BY_ADDRESS": "1000000", "NOTES_A_MINUTE": "1000000"}
        self.environment = environment(data_dir, PORT=self.port, **limits, **variables)
        self.url = f"http://localhost:{self.port}"
        code = "import django; django.setup(); from scripts.read import prepare; prepare()"
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=self.environment, check=True)
        self.start()

    def start(self) -> None:
        command = serve.server("127.0.0.1", self.port, "2")
        log = (self.data_dir.parent / "server.log").open("a")
        with log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        wait_for(self.url, self.process, Path(log.name))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def end(self, number: signal.Signals) -> None:
        """Send the server a signal, and its workers too if it cannot end them; start it again."""
        workers = self.workers()
        self.process.send_signal(number)
        self.process.wait()
        if number == signal.SIGKILL:
            for worker in workers:
                os.kill(worker, number)
        self.start()

    def kill_worker(self) -> None:
        os.kill(self.workers()[-1], signal.SIGKILL)

    def workers(self) -> list[int]:
        command = ["pgrep", "-P", str(self.process.pid)]
        found = subprocess.run(command, capture_output=True, text=True, check=True)
        return [int(pid) for pid in found.stdout.split()]

    def bodies(self) -> list[str]:
        """The words of all notes that are saved."""
        query = "SELECT body FROM annotations_note"
        if url := self.environment.get("DATABASE_URL"):
            with psycopg.connect(url.replace("postgres://", "postgresql://")) as database:
                return [body for (body,) in database.execute(query)]
        with closing(sqlite3.connect(self.data_dir / "db.sqlite3")) as database:
            return [body for (body,) in database.execute(query)]


@contextmanager
def on_sqlite() -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "data")
        try:
            yield site
        finally:
            site.stop()


@contextmanager
def on_a_small_disk() -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as folder:
        disk = Path(folder) / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", disk]
        subprocess.run(mount, check=True)
        try:
            site = Site(disk / "data")
            try:
                yield site
            finally:
                site.stop()
        finally:
            subprocess.run(["umount", disk], check=True)


@contextmanager
def on_postgresql() -> Iterator[Site]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        cluster = stack.enter_context(Cluster(durable=True))
        redis = stack.enter_context(Redis())
        site = Site(Path(folder) / "data", DATABASE_URL=cluster.url, CACHE_URL=redis.url)
        site.cluster, site.redis = cluster, redis
        try:
            yield site
        finally:
            site.stop()


def fill_disk(site: Site) -> None:
    filler = site.data_dir / "filler"
    with filler.open("wb") as file:
        try:
            while True:
                file.write(bytes(65536))
                file.flush()
        except OSError:
            pass
    time.sleep(AWAY)
    filler.unlink()


def hold_write_lock(site: Site) -> None:
    with closing(sqlite3.connect(site.data_dir / "db.sqlite3", timeout=60)) as database:
        database.execute("BEGIN IMMEDIATE")
        time.sleep(HELD)
        database.rollback()


def damage_cache(site: Site) -> None:
    for file in (site.data_dir / "cache").rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")


def without_redis(site: Site) -> None:
    site.redis.stop()
    time.sleep(AWAY)
    site.redis.start()


def without_postgresql(site: Site) -> None:
    site.cluster.stop()
    time.sleep(AWAY)
    site.cluster.start()


def kill_postgresql(site: Site) -> None:
    site.cluster.kill()
    site.cluster.start()


class Fault(NamedTuple):
    title: str
    site: Callable
    happen: Callable[[Site], None]


FAULTS = {
    "worker": Fault("a worker killed", on_sqlite, Site.kill_worker),
    "server": Fault("the server killed", on_sqlite, lambda site: site.end(signal.SIGKILL)),
    "term": Fault("the server stopped", on_sqlite, lambda site: site.end(signal.SIGTERM)),
    "disk": Fault("disk full", on_a_small_disk, fill_disk),
    "lock": Fault(f"write lock held for {HELD} s", on_sqlite, hold_write_lock),
    "cache": Fault("cache files damaged", on_sqlite, damage_cache),
    "redis": Fault("Redis stopped", on_postgresql, without_redis),
    "stop": Fault("PostgreSQL stopped", on_postgresql, without_postgresql),
    "restart": Fault("PostgreSQL restarted", on_postgresql, lambda site: site.cluster.restart()),
    "kill": Fault("PostgreSQL killed", on_postgresql, kill_postgresql),
}


def measure(fault: Fault, notes: int = NOTES) -> dict:
    """Let one fault happen, and return what readers were told and what is saved."""
    with fault.site() as site:
        with Load(site.url) as load:
            assert load.wait_for(notes // 3), "The site does not save notes at all."
            begun = time.monotonic()
            fault.happen(site)
            ended = time.monotonic()
            recovery = load.recovered(ended)
            done = recovery is not None and load.wait_for(notes)
        saved = Counter(site.bodies())
        until = ended + (recovery or 0)
        return {
            "fault": fault.title,
            "acknowledged": len(load.acknowledged) if done else f"only {len(load.acknowledged)}",
            "lost": sum(saved[words] == 0 for words in load.acknowledged),
            "duplicated": sum(number > 1 for number in saved.values()),
            "saves, all": counted(load.answers, 0, time.monotonic()),
            "reads meanwhile": counted(load.reads, begun, until),
            "recovered after": "never" if recovery is None else f"{recovery:.1f} s",
        }


def main() -> None:
    rows = [measure(FAULTS[name]) for name in sys.argv[1:] or FAULTS]
    print(" | ".join(rows[0]))
    for row in rows:
        print(" | ".join(map(str, row.values())))


if __name__ == "__main__":
    main()
