import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config.backup import archive, postgres_copy, sqlite_copy

DATABASE_FILE = "db.sqlite3"


class Command(BaseCommand):
    help = "Bring a site back from a file that `backup` wrote. Nothing is overwritten."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--into",
            type=Path,
            metavar="FOLDER",
            help="a new or empty data folder, to be named as DATA_DIR; else DATA_DIR itself",
        )

    def handle(self, *, file: Path, into: Path | None, **options):
        target = into or settings.DATA_DIR
        try:
            if into:
                make_empty(into)
            with tempfile.TemporaryDirectory(dir=target, prefix=".restore-") as name:
                folder = Path(name)
                manifest = archive.unpack(file, folder)
                refuse_unknown_migrations(manifest)
                restore_database(manifest, folder, target)
                restore_secret(folder / archive.SECRET_KEY, target)
        except OSError as error:
            raise CommandError(f"{target} could not be written: {error.strerror}.") from error
        for alias in settings.CACHES:
            caches[alias].clear()  # Pages of the site that was here before.
        self.stdout.write(
            f"Restored {manifest.summary} into {target}. "
            "Now run `python -m scripts.serve prepare`, then start the site."
        )


def make_empty(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise CommandError(f"{folder} is not empty, and nothing is overwritten. Name another.")


def refuse_unknown_migrations(manifest: archive.Manifest) -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    apps = {app for app, _ in known}
    unknown = [pair for pair in map(tuple, manifest.migrations) if pair[0] in apps]
    unknown = [f"{app} {name}" for app, name in unknown if (app, name) not in known]
    if unknown:
        raise CommandError(
            f"The backup is of a later release than this one, which lacks {', '.join(unknown)}. "
            "Install that release, then restore."
        )


def restore_database(manifest: archive.Manifest, folder: Path, target: Path) -> None:
    if manifest.engine != connection.vendor:
        remedy = {
            "sqlite": "Unset DATABASE_URL",
            "postgresql": "Set DATABASE_URL to an empty database of PostgreSQL",
        }[manifest.engine]
        raise CommandError(f"The backup is of a site on {manifest.engine}. {remedy}.")
    database = folder / archive.DATABASE
    if manifest.engine == "postgresql":
        postgres_copy.restore(database, manifest.rows)
        return
    # What SQLite left beside an old database would be read as a part of the new one.
    if old := [path.name for path in sorted(target.glob(f"{DATABASE_FILE}*"))]:
        raise CommandError(
            f"{target} holds a site already, and nothing is overwritten. Name a new folder with "
            f"--into, or stop the site and move away what it has of the old one: {', '.join(old)}."
        )
    sqlite_copy.check(database, manifest.rows)
    os.rename(database, target / DATABASE_FILE)


def restore_secret(secret: Path, target: Path) -> None:
    """Put the secret in place. One that is there already, as of a new site, is kept beside it."""
    place = target / "secret_key"
    if place.exists() and place.read_text().strip() != secret.read_text().strip():
        os.rename(place, place.with_name("secret_key.before-restore"))
    shutil.move(secret, place)
