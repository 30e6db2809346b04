import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config.backup import archive, postgres_copy, sqlite_copy

ENGINES = {"sqlite": sqlite_copy, "postgresql": postgres_copy}


class Command(BaseCommand):
    help = (
        "Write database and secret key to one file, also while the site runs, and read it back. "
        "Whoever has the file has all that readers wrote: keep it safe."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a new file, as in backups/monday.tar")

    def handle(self, *, file: Path, **options):
        if file.exists():
            raise CommandError(f"{file} exists already, and nothing is overwritten. Name another.")
        if not file.parent.is_dir():
            raise CommandError(f"There is no folder {file.parent}. Make it, or name another.")
        if not MigrationRecorder(connection).has_table():
            raise CommandError("This site has no database yet, so there is nothing to back up.")
        try:
            # Only its owner may enter this folder. It is beside the file, so that both are on one
            # disk, and the file appears at once and whole.
            with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
                manifest = back_up(file, Path(folder))
        except OSError as error:
            raise CommandError(f"{file} could not be written: {error.strerror}.") from error
        size = file.stat().st_size / 1_000_000
        self.stdout.write(f"{file}: {manifest.summary}, {size:.1f} MB, read back and whole.")


def back_up(file: Path, folder: Path) -> archive.Manifest:
    """Write the backup in `folder`, check it, and move it to `file`."""
    engine = ENGINES[connection.vendor]
    rows = engine.dump(folder / archive.DATABASE)
    (folder / archive.SECRET_KEY).write_text(settings.SECRET_KEY)
    names = (archive.DATABASE, archive.SECRET_KEY)
    manifest = archive.Manifest(
        engine=connection.vendor,
        release=settings.RELEASE,
        created=timezone.now().isoformat(timespec="seconds"),
        migrations=sorted(map(list, MigrationRecorder(connection).applied_migrations())),
        rows=rows,
        digests={name: archive.digest_of(folder / name) for name in names},
    )
    archive.write(folder / "backup.tar", folder, manifest)
    read_back = folder / "read-back"
    read_back.mkdir()
    if archive.unpack(folder / "backup.tar", read_back) != manifest:
        raise CommandError(f"{file} could not be read back. Make another backup.")
    engine.check(read_back / archive.DATABASE, rows)
    shutil.move(folder / "backup.tar", file)
    return manifest
