"""A PostgreSQL of our own: made for the tests that ask for it, gone after them."""

import glob
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
)


@contextmanager
def running():
    """Start a cluster that listens on a socket only, and yield its DATABASE_URL."""
    programs = _programs()
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


def _programs() -> Path:
    """The folder of PostgreSQL's programs: POSTGRES_BIN, that on the path, or the newest."""
    on_path = shutil.which("pg_ctl")
    named = [os.environ.get("POSTGRES_BIN"), on_path and str(Path(on_path).parent)]
    found = [*named, *(folder for place in PLACES for folder in sorted(glob.glob(place))[::-1])]
    for folder in filter(None, found):
        if all((Path(folder) / program).is_file() for program in ("initdb", "pg_ctl")):
            return Path(folder)
    raise AssertionError(
        "This test needs PostgreSQL 14 or later. Install it (Debian and Ubuntu: apt-get install "
        "postgresql; macOS: brew install postgresql) or set POSTGRES_BIN to the folder that "
        "holds initdb and pg_ctl."
    )
