"""`manage.py backup` and `restore`."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection

from config.backup import sqlite_copy
from tests import prepared_site
from tests.served_form import first_save, request
from tests.server import ROOT, environment, own_database, serving, serving_prepared

LIMITS = {"NOTES_A_MINUTE_BY_ADDRESS": "100000"}
BEFORE = 12  # Notes that are saved before the backup begins.


def manage(folder: Path, *arguments, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=600,
    )


def all_rows(connect) -> dict[str, list[str]]:
    """All rows of all tables, sorted, as Python writes them."""
    with closing(connect()) as database:
        if connection.vendor == "sqlite":
            names = "SELECT name FROM sqlite_master WHERE type = 'table'"
        else:
            names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        tables = sorted(name for (name,) in database.execute(names).fetchall())
        return {
            table: sorted(map(repr, database.execute(f'SELECT * FROM "{table}"').fetchall()))
            for table in tables
        }


def restored(folder: Path, file: Path, *options) -> dict[str, list[str]]:
    """The rows of a new site that the backup was restored into."""
    folder.mkdir()
    with own_database(folder) as database:
        result = manage(folder, "restore", file, *options, **database.variables)
        assert result.returncode == 0, result.stderr
        assert "Restored" in result.stdout
        return all_rows(database.connect)


def test_a_backup_under_load_is_restored_row_for_row(tmp_path, ready_database):
    site, saved, over = tmp_path, [], threading.Event()
    first, second = tmp_path / "first.tar", tmp_path / "second.tar"

    def post(url: str, number: int) -> None:
        count = 0
        while not over.is_set():
            body = f"Note {count} of {number}."
            status, _, _ = request(url, "POST", *first_save(url, {"choice": "whole", "body": body}))
            assert status == 303
            saved.append(body)
            count += 1

    with serving_prepared(site, WORKERS="2", **LIMITS, **ready_database.variables) as url:
        threads = [threading.Thread(target=post, args=(url, number)) for number in range(3)]
        for thread in threads:
            thread.start()
        while len(saved) < BEFORE and all(thread.is_alive() for thread in threads):
            over.wait(0.05)
        before = list(saved)
        assert len(before) >= BEFORE
        result = manage(site, "backup", first, **ready_database.variables)
        after = len(saved)
        over.set()
        for thread in threads:
            thread.join()
        assert result.returncode == 0, result.stderr
        assert "read back and whole" in result.stdout
        # Nobody writes any more, but the server still runs and, on SQLite, has a WAL.
        assert manage(site, "backup", second, **ready_database.variables).returncode == 0
        now = all_rows(ready_database.connect)

    # What was acknowledged before it began is in the first backup, as it is on the site today.
    rows = restored(tmp_path / "from-first", first)
    notes = rows["annotations_note"]
    assert len(before) <= len(notes) <= after + len(threads)
    assert all(any(body in row for row in notes) for body in before)
    assert set(notes) <= set(now["annotations_note"])
    assert set(rows["readers_reader"]) <= set(now["readers_reader"])
    # The second one is the site, row for row, in all tables.
    assert restored(tmp_path / "from-second", second) == now
    secret = (site / "secret_key").read_text().strip()
    assert (tmp_path / "from-second" / "secret_key").read_text().strip() == secret


@pytest.fixture(scope="module")
def small_site(django_db_setup, tmp_path_factory) -> Iterator[tuple[Path, Path, dict[str, str]]]:
    """A site without essays, a backup of it, and the variables that name its database."""
    folder = tmp_path_factory.mktemp("small-site")
    with own_database(folder) as database:
        assert manage(folder, "migrate", **database.variables).returncode == 0
        made = manage(folder, "backup", folder / "backup.tar", **database.variables)
        assert made.returncode == 0, made.stderr
        yield folder, folder / "backup.tar", database.variables


def refusal(result: subprocess.CompletedProcess) -> str:
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    return result.stderr


def test_only_its_owner_may_read_a_backup(small_site):
    _, file, _ = small_site
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with tarfile.open(file) as tar:
        assert tar.getnames() == ["manifest.json", "database", "secret_key"]
        assert {member.mode for member in tar.getmembers()} == {0o600}
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["engine"] == connection.vendor
    assert ["readers", "0001_initial"] in manifest["migrations"]
    assert manifest["rows"]["auth_group"] == 2
    assert not [name for name in os.listdir(file.parent) if name.startswith(".backup-")]


def test_nothing_is_overwritten(small_site):
    folder, file, variables = small_site
    content = file.read_bytes()
    assert "exists already" in refusal(manage(folder, "backup", file, **variables))
    assert file.read_bytes() == content
    expected = {"sqlite": "holds a site already", "postgresql": "is not empty"}[connection.vendor]
    assert expected in refusal(manage(folder, "restore", file, **variables))
    again = manage(folder, "restore", file, "--into", folder, **variables)
    assert "is not empty, and nothing is overwritten" in refusal(again)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite has files beside it.")
def test_what_is_left_beside_an_old_database_is_not_read_into_the_restored_one(
    tmp_path, small_site
):
    _, file, variables = small_site
    (tmp_path / "db.sqlite3-wal").write_bytes(b"of the old site")
    message = refusal(manage(tmp_path, "restore", file, **variables))
    assert "holds a site already" in message and "db.sqlite3-wal" in message
    assert not (tmp_path / "db.sqlite3").exists()


def test_a_site_is_restored_into_a_named_folder(tmp_path, small_site):
    folder, file, _ = small_site
    new = tmp_path / "new"
    with own_database(new) as database:
        result = manage(folder, "restore", file, "--into", new, **database.variables)
        assert result.returncode == 0, result.stderr
        assert all_rows(database.connect)["auth_group"]
    assert (new / "secret_key").read_text() == (folder / "secret_key").read_text().strip()


def test_the_secret_of_a_fresh_folder_is_kept_beside_the_restored_one(tmp_path, small_site):
    _, file, _ = small_site
    assert restored(tmp_path / "fresh", file)["auth_group"]
    assert (tmp_path / "fresh" / "secret_key.before-restore").exists()


@pytest.fixture
def copied(tmp_path) -> tuple[Path, dict[str, int]]:
    """A copy of a small SQLite database, and the numbers of rows that it was made with."""
    path = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(path)) as copy, copy:
        copy.execute("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)")
        copy.execute("CREATE INDEX by_word ON words (word)")
        copy.execute("CREATE TABLE notes (word INTEGER REFERENCES words)")
        copy.execute("INSERT INTO words VALUES (1, 'the first'), (2, 'the second')")
        copy.execute("INSERT INTO notes VALUES (1)")
    return path, {"notes": 1, "words": 2}


def test_a_whole_copy_is_accepted(copied):
    sqlite_copy.check(*copied)


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM words WHERE id = 2", "UPDATE notes SET word = 3"],
    ids=["a row is missing", "a reference to nothing"],
)
def test_a_copy_that_is_not_whole_is_refused(copied, change):
    path, rows = copied
    with closing(sqlite3.connect(path)) as copy, copy:
        copy.execute(change)
    with pytest.raises(CommandError, match="not whole"):
        sqlite_copy.check(path, rows)


def test_a_corrupt_copy_is_refused_though_it_has_all_rows(copied):
    path, rows = copied
    # Once, in the table or in its index: they differ then.
    path.write_bytes(path.read_bytes().replace(b"the second", b"tHe second", 1))
    assert sqlite_copy.rows_of(path) == rows
    with pytest.raises(CommandError, match="not whole"):
        sqlite_copy.check(path, rows)


def test_a_damaged_or_foreign_file_is_refused(tmp_path, small_site):
    folder, file, variables = small_site
    damaged, new = tmp_path / "damaged.tar", tmp_path / "new"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 255
    damaged.write_bytes(content)
    (tmp_path / "short.tar").write_bytes(content[: len(content) // 3])
    for name in ("damaged.tar", "short.tar"):
        result = manage(folder, "restore", tmp_path / name, "--into", new, **variables)
        assert "damaged" in refusal(result)
        assert list(new.iterdir()) == []
    foreign = manage(folder, "restore", ROOT / "manage.py", **variables)
    assert "is no backup of this site" in refusal(foreign)
    assert "There is no file" in refusal(manage(folder, "restore", tmp_path / "none", **variables))


def change_manifest(file: Path, target: Path, **values) -> None:
    unpacked = target.with_suffix(".d")
    shutil.unpack_archive(file, unpacked, "tar", filter="data")
    manifest = json.loads((unpacked / "manifest.json").read_text())
    (unpacked / "manifest.json").write_text(json.dumps({**manifest, **values}))
    with tarfile.open(target, "w") as tar:
        for name in ("manifest.json", "database", "secret_key"):
            tar.add(unpacked / name, name)


def test_a_backup_of_a_later_release_or_another_engine_is_refused(tmp_path, small_site):
    folder, file, variables = small_site
    later, other, new = tmp_path / "later.tar", tmp_path / "other.tar", tmp_path / "new"
    change_manifest(file, later, migrations=[["readers", "0999_tomorrow"]])
    result = manage(folder, "restore", later, "--into", new, **variables)
    assert "readers 0999_tomorrow" in refusal(result)
    engine = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    change_manifest(file, other, engine=engine)
    result = manage(folder, "restore", other, "--into", new, **variables)
    assert f"a site on {engine}" in refusal(result)


def test_a_site_without_tables_has_nothing_to_back_up(tmp_path, site_database):
    result = manage(tmp_path, "backup", tmp_path / "a.tar", **site_database.variables)
    assert "no database yet" in refusal(result)
    elsewhere = manage(tmp_path, "backup", tmp_path / "none" / "a.tar", **site_database.variables)
    assert "There is no folder" in refusal(elsewhere)


def test_the_data_folder_holds_only_what_is_backed_up_or_made_anew(tmp_path, prepared_data):
    """Whoever adds a folder decides whether a backup needs it: see config/backup/archive.py."""
    prepared_site.copy(prepared_data, tmp_path)
    with serving(tmp_path) as url:
        assert request(url, "GET")[0] == 200
        names = {path.name for path in tmp_path.iterdir()}
    backed_up = {"db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "secret_key"}
    assert names <= backed_up | {"cache", "static", "server.log"}
