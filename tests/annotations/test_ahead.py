"""Anchors are computed before the lock is taken, and again if something changes meanwhile."""

import uuid

import pytest

from annotations import revising
from annotations.anchoring import Span
from annotations.models import Note
from annotations.notes import create
from essays.models import Passage
from tests.shared_database import once_something_is_read_from
from tests.written_notes import guest, note

KEY = "opening"
SENTENCE = "Put in before all else. "


@pytest.fixture
def passage(shared_database):
    passage = Passage.objects.select_related("essay").get(key=KEY)
    note(guest(), "There before.", key=KEY)
    return passage


def words_of(written: Note) -> str:
    return Note.objects.get(pk=written.pk).words


def edit(passage):
    revising.edit(passage, SENTENCE + passage.source)


def test_a_note_can_be_written_while_the_anchors_are_computed_and_is_carried_along(passage):
    words = passage.text[:20]
    made = []

    def write():
        made.append(
            create.create_note(
                passage,
                lambda today: Span(0, len(words)),
                reader_for=guest,
                token=uuid.uuid4(),
                body="Written meanwhile.",
                colour="amber",
            )
        )

    with once_something_is_read_from("annotations_note", write):
        edit(passage)
    assert Passage.objects.get(pk=passage.pk).text.startswith(SENTENCE + words)
    assert words_of(made[0]) == words
    assert made[0].changes.count() == 1


def test_an_anchor_that_is_moved_meanwhile_is_carried_from_where_it_is(passage):
    mine = note(guest(), "Moves.", key=KEY)
    words = passage.text[5:25]

    def move():
        revising.reattach(Note.objects.get(pk=mine.pk), passage, 5, 25)

    with once_something_is_read_from("annotations_note", move):
        edit(passage)
    assert words_of(mine) == words


def test_another_edit_made_meanwhile_is_kept(passage):
    other = passage.essay.passages.get(number=2)

    def edit_other():
        revising.edit(other, f"{other.source} Added.")

    with once_something_is_read_from("annotations_note", edit_other):
        edit(passage)
    assert Passage.objects.get(pk=passage.pk).text.startswith(SENTENCE)
    assert Passage.objects.get(pk=other.pk).text.endswith("Added.")


def test_an_edit_of_the_same_passage_made_meanwhile_stops_this_one(passage):
    def edit_the_same():
        revising.edit(passage, f"{passage.source} Added.")

    with (
        once_something_is_read_from("annotations_note", edit_the_same),
        pytest.raises(revising.StaleEdit),
    ):
        revising.edit(passage, SENTENCE + passage.source, expect=passage.version)
    assert Passage.objects.get(pk=passage.pk).text.endswith("Added.")
