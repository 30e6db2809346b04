"""A site as `make read` sets it up, made once: the sites of the tests start from copies of it."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

from django.db import connection

from tests.server import ROOT, create_database, environment

PREPARE = "import django; django.setup(); from scripts.read import prepare; prepare()"
# On PostgreSQL, the database of the site.
TEMPLATE = "prepared_site"


def prepare(root: Path) -> Path:
    """The data folder of the site, which the first process that asks for it makes in `root`."""
    folder = root / "prepared"
    with (root / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            draft, variables = root / "being-prepared", {}
            if connection.vendor == "postgresql":
                variables = create_database(TEMPLATE).variables
            command = [sys.executable, "-c", PREPARE]
            subprocess.run(command, cwd=ROOT, env=environment(draft, **variables), check=True)
            draft.rename(folder)
    return folder


def copy(prepared: Path, data_dir: Path) -> None:
    """Copy database and static files; each site has its own cache and secret."""
    ignore = shutil.ignore_patterns("cache", "secret_key")
    shutil.copytree(prepared, data_dir, ignore=ignore, dirs_exist_ok=True)
