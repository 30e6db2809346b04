"""The folder with the site's data: database, secret, caches, collected static files."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import get_random_string


@contextmanager
def _explaining_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot use {folder} as DATA_DIR ({error.strerror}). "
            "Set DATA_DIR to a folder on a local disk that you may write to."
        ) from error


def prepare(folder: Path) -> Path:
    """Make the folder, and `static` in it, unless they exist."""
    with _explaining_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "static").mkdir(exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The site's secret, made on first use. Processes that start together agree on one."""
    path = folder / "secret_key"
    with _explaining_errors(folder):
        if not path.exists():
            _make_secret(path)
        key = path.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(
            f"{path} holds no usable secret. Delete it and start again; "
            "everyone who is signed in will have to sign in anew."
        )
    return key


def _make_secret(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # Until it is closed. Some network disks have no locks.
        if not path.exists():
            handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # Mode 600.
            with os.fdopen(handle, "w") as file:
                file.write(get_random_string(64) + "\n")
            os.replace(draft, path)
    finally:
        os.close(folder)
