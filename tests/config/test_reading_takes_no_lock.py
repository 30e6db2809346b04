"""Whoever reads waits for nobody who writes."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.db import OperationalError, connection
from django.test import Client

from annotations.models import Note, Quotation
from essays.models import Essay
from tests import cast, written_notes

PUBLIC = [
    *("/", "/her/", "/her/opening/", "/her/opening/versions/", "/her/opening/marks/0-20/"),
    *("/her/opening/write/", "/her/feed/", "/her/themes/programming/", "/themes/"),
    *("/themes/programming/", "/works/her/", "/search/?q=this", "/notebook/", "/sitemap.xml"),
]
only_on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="Only SQLite has one lock for all who write."
)


@contextmanager
def somebody_writing(path):
    """Hold the lock of a database file, as a long transaction does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE essays_essay SET counter = counter + 1")
        yield
        writer.execute("ROLLBACK")


def readers() -> list[Client]:
    """Nobody in particular, a guest with a note, and somebody who is signed in."""
    guest = written_notes.guest()
    written_notes.note(guest, "Mine.", key="opening")
    rosa = Client()
    rosa.force_login(cast.reader())
    return [Client(), written_notes.be(Client(), guest), rosa]


@only_on_sqlite
def test_every_page_answers_while_somebody_else_holds_the_write_lock(shared_database):
    clients = readers()
    urls = [*PUBLIC, Quotation.objects.first().get_absolute_url()]
    urls += [Essay.objects.get(slug="her").glosses.first().get_absolute_url()]
    # As in a server that has just started: nothing is known about the database yet.
    connection.close()
    connection.features.__dict__.pop("supports_json_field", None)
    connection.settings_dict["OPTIONS"]["timeout"] = 0
    try:
        with somebody_writing(shared_database):
            during = {(client, url): client.get(url) for client in clients for url in urls}
            with pytest.raises(OperationalError, match="locked"):
                Note.objects.update(body="Nobody else can write.")
        after = {(client, url): client.get(url) for client in clients for url in urls}
    finally:
        connection.settings_dict["OPTIONS"]["timeout"] = 20
    for answers in (during, after):
        assert {answer.status_code for answer in answers.values()} == {200}


@only_on_sqlite
def test_a_new_connection_learns_that_there_is_json_while_somebody_else_writes(shared_database):
    """A wrong answer would be remembered for as long as the connection lives."""
    fresh = connection.copy("default")
    fresh.settings_dict["OPTIONS"]["timeout"] = 0
    with closing(fresh), somebody_writing(shared_database):
        assert not fresh.in_atomic_block
        assert fresh.features.supports_json_field is True
