"""A PostgreSQL of our own: made for the tests that ask for it, gone after them."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from scripts.provision import tools


@contextmanager
def running():
    """Start a cluster that listens on a socket only, and yield its DATABASE_URL."""
    programs = Path(tools()["pg_ctl"]).parent
    folder = Path(tempfile.mkdtemp(prefix="sv-pg-"))
    data = folder / "data"
    # It refuses to run as root.
    user = "nobody" if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        log = folder / f"{program}.log"
        with log.open("w") as out:
            command = [programs / program, "-D", data, *arguments]
            code = subprocess.call(
                command,
                user=user,
                extra_groups=[] if user else None,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        assert code == 0, f"{program} failed:\n{log.read_text()}"

    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        run("pg_ctl", "start", "-w", "-o", f"-k {folder} -c listen_addresses='' -c fsync=off")
        try:
            yield f"postgres://postgres@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")
    finally:
        shutil.rmtree(folder)
