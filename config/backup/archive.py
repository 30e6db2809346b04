"""A backup: a tar file with the database, the secret key and a manifest.

The manifest says when, by which release and from which engine the backup was made, which
migrations were applied, how many rows each table has, and the SHA-256 of the other files.
"""

import hashlib
import json
import os
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.management import CommandError

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
SECRET_KEY = "secret_key"
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    engine: str  # A vendor of Django's: sqlite or postgresql.
    release: str
    created: str
    migrations: list[list[str]]
    rows: dict[str, int]
    digests: dict[str, str]
    format: int = FORMAT

    @property
    def summary(self) -> str:
        total = sum(self.rows.values())
        return f"{total:,} rows in {len(self.rows)} tables ({self.engine}, {self.created})"


def write(path: Path, folder: Path, manifest: Manifest) -> None:
    """Pack the files in `folder` that the manifest names. Only their owner may read the result."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1))
    with open(path, "xb", opener=_private) as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            for name in (MANIFEST, *manifest.digests):
                tar.add(folder / name, name, filter=_anonymous)
        file.flush()
        os.fsync(file.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def unpack(path: Path, folder: Path) -> Manifest:
    """Write the files of the backup into `folder`, and check each. Raises CommandError."""
    try:
        with tarfile.open(path) as tar:
            manifest = _read_manifest(tar)
            for name in manifest.digests:
                _extract(tar, name, folder / name)
    except FileNotFoundError:
        raise CommandError(f"There is no file {path}.") from None
    except (OSError, tarfile.TarError, KeyError, TypeError, ValueError, EOFError) as error:
        raise CommandError(f"{path} is no backup of this site, or it is damaged: {error}") from None
    for name, digest in manifest.digests.items():
        if digest_of(folder / name) != digest:
            raise CommandError(f"{path} is damaged: “{name}” in it is not what was put there.")
    return manifest


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    manifest = Manifest(**json.load(tar.extractfile(MANIFEST)))
    if manifest.format != FORMAT:
        raise ValueError("it was made by another release")
    if set(manifest.digests) != {DATABASE, SECRET_KEY}:
        raise ValueError("it does not hold what a backup holds")
    return manifest


def _extract(tar: tarfile.TarFile, name: str, target: Path) -> None:
    source = tar.extractfile(name)
    with open(target, "xb", opener=_private) as file:
        while block := source.read(BLOCK):
            file.write(block)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
