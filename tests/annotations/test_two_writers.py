"""Two people write at once: nobody is refused, nothing is lost, and both wait in one order."""

import threading
import uuid
from itertools import combinations

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, transaction

from annotations import revising
from annotations.anchoring import Span
from annotations.models import Note, SearchEntry, Theme
from annotations.notes import create
from essays.models import Essay, Passage
from essays.transactions import MAX_TRIES, lock, writing
from tests.annotations.two_writers import KEY, ORDER, WRITERS, after_each_commit, locks_taken
from tests.shared_database import WAIT_SECONDS, at_once, elsewhere
from tests.written_notes import guest, make_notes

only_on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one lock for all who write."
)


@pytest.mark.parametrize("pair", [*combinations(WRITERS, 2)], ids=" and ".join)
def test_two_write_at_once_and_both_succeed(shared_database, settings, pair):
    settings.NOTES_A_MINUTE = settings.NOTES_A_MINUTE_BY_ADDRESS = 1000
    writers = [WRITERS[name]() for name in pair]
    assert at_once(*(writer.work for writer in writers)) == []
    assert [name for name, one in zip(pair, writers, strict=True) if not one.check()] == []


@only_on_postgresql
@pytest.mark.parametrize("name", WRITERS)
def test_rows_are_locked_in_one_order(shared_database, name):
    writer = WRITERS[name]()
    with locks_taken() as transactions:
        writer.work()
    assert writer.check()
    assert [one for one in transactions if "essays_essay" in one]
    assert [one for one in transactions if one != sorted(one, key=ORDER.get)] == []


def test_notes_written_while_their_passage_is_edited_keep_their_words(shared_database):
    passage = Passage.objects.get(key=KEY)
    words = passage.text[:20]

    def find(passage):
        start = passage.text.index(words)
        return Span(start, start + len(words))

    def write(reader):
        for _ in range(5):
            create.create_note(
                Passage.objects.get(pk=passage.pk),
                find,
                reader_for=lambda: reader,
                token=uuid.uuid4(),
                body="Mine.",
                colour="amber",
            )

    def edit():
        for number in range(3):
            now = Passage.objects.get(pk=passage.pk)
            revising.edit(now, f"Sentence {number}. {now.source}")

    guests = [guest(), guest()]
    assert at_once(edit, lambda: write(guests[0]), lambda: write(guests[1])) == []
    text = Passage.objects.get(pk=passage.pk).text
    assert text.startswith("Sentence 2. Sentence 1. ")
    assert [text[note.start : note.end] for note in Note.objects.all()] == [words] * 10


def test_others_write_between_the_batches_of_the_search_index(shared_database):
    """That is long for a large site, so each essay and each 500 notes are a transaction."""
    make_notes(501, guest())
    SearchEntry.objects.all().delete()
    seen = []

    def write_and_look():
        Essay.objects.update(dek="Written in between.")
        essays = SearchEntry.objects.filter(passage=None).exclude(essay=None)
        seen.append((essays.count(), Note.objects.exclude(stems="").count()))

    with after_each_commit(lambda: elsewhere(writing(write_and_look))):
        call_command("index")
    assert [*dict.fromkeys(seen)] == [(1, 0), (2, 0), (2, 500), (2, 501)]


@only_on_postgresql
def test_a_transaction_that_a_deadlock_ends_is_tried_again(shared_database):
    """Two lock the same rows in opposite orders, each once the other has its first one."""
    first, second = Essay.objects.order_by("pk")
    barrier, tries = threading.Barrier(2), []

    def work(essays):
        @writing
        def lock_both():
            tries.append(essays)
            lock(Essay.objects.filter(pk=essays[0].pk))
            if len(tries) <= 2:
                barrier.wait(WAIT_SECONDS)
            lock(Essay.objects.filter(pk=essays[1].pk))

        lock_both()

    assert at_once(lambda: work([first, second]), lambda: work([second, first])) == []
    assert len(tries) == 3


@only_on_postgresql
def test_it_is_tried_up_to_three_times_more(shared_database):
    tries = []

    @writing
    def never_in_a_row():
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")

    with pytest.raises(OperationalError) as caught:
        never_in_a_row()
    assert isinstance(caught.value.__cause__, psycopg.errors.SerializationFailure)
    assert len(tries) == MAX_TRIES == 4


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Other databases have no such error.")
def test_on_sqlite_a_transaction_that_read_before_another_wrote_is_tried_again(shared_database):
    slug, names = Theme.objects.first().slug, []

    @writing
    def rename():
        theme = Theme.objects.get(slug=slug)
        names.append(theme.name)
        if len(names) == 1:
            elsewhere(lambda: Theme.objects.filter(pk=theme.pk).update(name="Renamed"))
        Theme.objects.filter(pk=theme.pk).update(definition=f"Of {theme.name}.")

    connection.ensure_connection()
    connection.transaction_mode = "DEFERRED"
    rename()
    assert names[1:] == ["Renamed"]
    assert Theme.objects.get(name="Renamed").definition == "Of Renamed."


def test_other_errors_are_not_tried_again(shared_database):
    tries = []

    @writing
    def wrong():
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    with pytest.raises(DatabaseError):
        wrong()
    assert len(tries) == 1


def test_within_a_transaction_only_the_whole_of_it_is_tried_again(shared_database):
    tries = []

    @writing
    def refused():
        tries.append(1)
        raise OperationalError("as if the database were away")

    with pytest.raises(OperationalError), transaction.atomic():
        refused()
    assert len(tries) == 1
