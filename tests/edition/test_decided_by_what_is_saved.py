"""What a reader does is decided by the row that is locked, not by a copy that was read before."""

import pytest
from django.db import connection
from django.test import Client

from annotations import revising
from annotations.models import Note, Standing
from annotations.moderation import moderate
from annotations.notes import create
from readers.models import User
from tests import cast
from tests.shared_database import once_something_is_read_from
from tests.written_notes import note, reader_of, reply

only_on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite takes its lock before anything is read."
)


@pytest.fixture
def rosa(shared_database, settings):
    settings.PUBLIC_NOTES = "approve"
    return cast.reader()


@pytest.fixture
def client(rosa):
    client = Client()
    client.force_login(rosa)
    return client


def saved(mine: Note) -> Note:
    return Note.objects.get(pk=mine.pk)


def post(client, mine: Note, action: str, **data) -> int:
    return client.post(f"{mine.get_absolute_url()}{action}/", data).status_code


# The view reads the note before its transaction, to show its form, and within it, to change it.
@pytest.mark.parametrize("in_transaction", [False, pytest.param(True, marks=only_on_postgresql)])
def test_publishing_a_note_approved_meanwhile_does_not_hide_it(client, rosa, in_transaction):
    mine = note(reader_of(rosa), "For anyone.", key="opening")

    def publish_and_approve():
        saved(mine).publish()
        moderate.approve(Note.objects.filter(pk=mine.pk), None)

    with once_something_is_read_from(
        "annotations_note", publish_and_approve, in_transaction=in_transaction
    ) as done:
        assert post(client, mine, "audience", audience="public") == 303
    assert done
    assert saved(mine).standing == Standing.SHOWN


def test_a_note_that_is_answered_meanwhile_is_not_made_private(client, rosa):
    mine = note(reader_of(rosa), "For anyone.", key="opening", public=True)
    other = reader_of(User.objects.create_user("marek"))
    with once_something_is_read_from(
        "annotations_note", lambda: reply(mine, other, "Yes.")
    ) as done:
        assert post(client, mine, "audience", audience="private") == 422
    assert done
    assert saved(mine).is_public


@only_on_postgresql
def test_a_note_that_was_deleted_meanwhile_is_neither_published_nor_edited(client, rosa):
    edited = {"body": "Better.", "seen": "new", "colour": "amber"}
    for action, data in (("audience", {"audience": "public"}), ("edit", edited)):
        mine = note(reader_of(rosa), "Mine.", key="opening")
        with once_something_is_read_from(
            "annotations_note", lambda mine=mine: mine.remove(), in_transaction=True
        ) as done:
            assert post(client, mine, action, **data) == 404
        assert done
        assert (saved(mine).body, saved(mine).is_public) == ("Mine.", False)


@only_on_postgresql
def test_a_note_that_was_withdrawn_meanwhile_is_not_approved(rosa):
    mine = note(reader_of(rosa), "For anyone.", key="opening", audience="public")
    waiting = moderate.public_notes().filter(standing=Standing.WAITING)
    with once_something_is_read_from("annotations_note", lambda: saved(mine).withdraw()) as done:
        assert moderate.approve(waiting, None) == 0
    assert done
    assert saved(mine).standing == Standing.WAITING


def test_who_left_meanwhile_does_not_answer(rosa):
    theirs = note(reader_of(User.objects.create_user("marek")), "Hm?", key="opening", public=True)
    reader, left = reader_of(rosa), reader_of(rosa)
    left.user = None
    left.save()
    with pytest.raises(create.NotAllowed):
        create.create_reply(theirs, reader, token=theirs.token, body="Too late.")


def test_a_note_that_was_published_meanwhile_is_moved_on_the_pages_that_show_it(rosa):
    mine = note(reader_of(rosa), "For me.", key="opening")
    before = saved(mine).essay.counter
    Note.objects.filter(pk=mine.pk).update(audience="public", standing=Standing.SHOWN)
    revising.reattach(mine, mine.essay.passages.get(key="fresh"), 0, 0)
    assert saved(mine).passage.key == "fresh"
    assert saved(mine).essay.counter > before


def test_a_note_that_was_deleted_meanwhile_is_not_moved(rosa):
    mine = note(reader_of(rosa), "For me.", key="opening")
    saved(mine).remove()
    with pytest.raises(revising.RevisingError, match="deleted meanwhile"):
        revising.reattach(mine, mine.essay.passages.get(key="fresh"), 0, 0)
    assert saved(mine).passage.key == "opening"
