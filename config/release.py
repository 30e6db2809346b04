"""A name for the current code, so that pages cached by another version are not served."""

import hashlib
from pathlib import Path

HASHED_FOLDERS = [
    *("annotations", "config", "desk", "edition", "essays", "readers", "static", "templates"),
]


def release_of(base: Path) -> str:
    """A digest of all files that can change a page: code, templates, static files, libraries."""
    digest = hashlib.sha256()
    paths = [path for folder in HASHED_FOLDERS for path in (base / folder).rglob("*")]
    for path in sorted([*paths, base / "requirements.txt"]):
        if path.suffix != ".pyc" and path.is_file():
            digest.update(f"{path.relative_to(base)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
