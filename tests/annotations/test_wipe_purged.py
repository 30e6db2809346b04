"""Of deleted words nothing is left, not even in the files of the database."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from annotations.models import UNDO_PERIOD, Flag, Note
from annotations.notes import leave
from annotations.notes.wipe_purged import TABLES
from readers.models import User
from tests.written_notes import guest, note, reader_of, reply

# Stems drop endings: the search index has these, too.
SECRETS = [b"quagfirst", b"quagreworded", b"quagreply", b"quagremark", b"quagleft"]


def files() -> bytes:
    database = Path(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))


def write_all() -> tuple[Note, User]:
    mine = note(guest(), "About quagfirst.", key="opening", public=True)
    mine.edit("Now quagreworded.")
    long_ago = timezone.now() - UNDO_PERIOD - timedelta(seconds=1)
    answer = reply(mine, guest(), "And quagreply.")
    Flag.objects.create(reply=answer, reader=guest(), reason="other", remark="quagremark")
    type(answer).objects.filter(pk=answer.pk).update(deleted_at=long_ago)
    Note.objects.filter(pk=mine.pk).update(deleted_at=long_ago)
    leaver = User.objects.create_user("leaver")
    note(reader_of(leaver), "When quagleft.", key="opening")
    return mine, leaver


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's files are not ours to read."
)
def test_after_a_tick_no_deleted_word_is_in_the_files_of_sqlite(shared_database):
    mine, leaver = write_all()
    assert [word for word in SECRETS if word not in files()] == []
    leave.leave(leaver, keep_public=False)
    call_command("tick")
    assert not Note.objects.filter(pk=mine.pk).exists()
    assert [word for word in SECRETS if word in files()] == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL keeps dead rows.")
def test_a_tick_lets_postgresql_vacuum_what_readers_wrote(shared_database):
    mine, _ = write_all()
    call_command("tick")
    assert not Note.objects.filter(pk=mine.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_stat_user_tables WHERE relname = ANY(%s) AND vacuum_count > 0",
            [TABLES],
        )
        assert {table for (table,) in cursor.fetchall()} == set(TABLES)


@pytest.mark.parametrize("ending", ["purged", "account deleted"])
def test_no_stored_page_keeps_words_that_are_gone(ending, shared_database, settings, tmp_path):
    files = {"BACKEND": "config.tolerant_caches.FileCache", "LOCATION": tmp_path / "pages"}
    settings.CACHES = {**settings.CACHES, "pages": files}
    leaver = User.objects.create_user("leaver")
    written = note(reader_of(leaver), "About quagfirst.", key="opening", public=True)
    assert "quagfirst" in Client().get("/her/").text
    assert list((tmp_path / "pages").iterdir())
    if ending == "purged":
        written.remove()
        long_ago = timezone.now() - UNDO_PERIOD - timedelta(seconds=1)
        Note.objects.filter(pk=written.pk).update(deleted_at=long_ago)
        call_command("tick")
    else:
        leave.leave(leaver, keep_public=False)
    assert list((tmp_path / "pages").iterdir()) == []
