"""The folder with the site's data: database, secret, caches, collected static files."""

import contextlib
import os
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import get_random_string


def prepare(folder: Path) -> Path:
    """Make the folder, and `static` in it, unless they exist."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "static").mkdir(exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot use {folder} as DATA_DIR ({error.strerror}). "
            "Set DATA_DIR to a folder that you may write to."
        ) from error
    return folder


def secret_key(folder: Path) -> str:
    """The site's secret, made on first use. Processes that start together agree on one."""
    path = folder / "secret_key"
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
    secret = get_random_string(64) + "\n"
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # Mode 600 from birth.
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secret)
        # Unlike a rename, a link never replaces the secret that another process made meanwhile.
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # A file system without hard links.
        with contextlib.suppress(FileExistsError), open(path, "x", opener=_owner_only) as file:
            file.write(secret)
    finally:
        os.unlink(draft)


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
