"""Notes and replies of a reader, read in portions, however many they are."""

from collections.abc import Iterator
from heapq import merge

from django.db.models import F

from annotations.models import Note, Reply
from readers.models import Reader

CHUNK_SIZE = 1000
UNREAD = ("html", "source")


def written_by(reader: Reader) -> Iterator[Note | Reply]:
    """Notes and replies in two queries, by essay and place; in a passage, notes before replies."""
    notes = Note.objects.of(reader).select_related("essay", "passage")
    replies = Reply.objects.filter(reader=reader, deleted_at=None)
    replies = replies.select_related("note__essay", "note__passage")
    for written in merge(_each(notes, ""), _each(replies, "note__"), key=_place):
        note = note_of(written)
        note.passage.essay = note.essay
        yield written


def note_of(written: Note | Reply) -> Note:
    """The note itself, or the one that a reply answers."""
    return written.note if isinstance(written, Reply) else written


def _each(writings, note: str) -> Iterator:
    number = F(f"{note}passage__number").asc(nulls_last=True)
    start = F(f"{note}start").asc(nulls_last=True)
    place = (f"{note}essay_id", number, f"{note}passage_id", start, f"{note}pk", "pk")
    unread = [f"{note}passage__{name}" for name in UNREAD]
    return writings.order_by(*dict.fromkeys(place)).defer("html", *unread).iterator(CHUNK_SIZE)


def _place(written: Note | Reply) -> tuple:
    note = note_of(written)
    number = note.passage.number
    return note.essay_id, float("inf") if number is None else number, note.passage_id
