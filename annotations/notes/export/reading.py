"""What a reader wrote, one thing after the other, however much it is."""

from collections.abc import Iterator
from heapq import merge

from django.db.models import F

from annotations.models import Note, Reply
from readers.models import Reader

AT_ONCE = 1000
UNREAD = ("html", "source")


def written_by(reader: Reader) -> Iterator[Note | Reply]:
    """Notes and replies in two queries: by essay and place, a passage's notes before replies."""
    notes = Note.objects.of(reader).select_related("essay", "passage")
    replies = Reply.objects.filter(reader=reader, deleted_at=None)
    replies = replies.select_related("note__essay", "note__passage")
    for thing in merge(_each(notes, ""), _each(replies, "note__"), key=_place):
        note = note_of(thing)
        note.passage.essay = note.essay
        yield thing


def note_of(thing: Note | Reply) -> Note:
    """The note itself, or the one that a reply answers."""
    return thing.note if isinstance(thing, Reply) else thing


def _each(things, note: str) -> Iterator:
    number = F(f"{note}passage__number").asc(nulls_last=True)
    start = F(f"{note}start").asc(nulls_last=True)
    place = (f"{note}essay_id", number, f"{note}passage_id", start, f"{note}pk", "pk")
    unread = [f"{note}passage__{name}" for name in UNREAD]
    return things.order_by(*dict.fromkeys(place)).defer("html", *unread).iterator(AT_ONCE)


def _place(thing: Note | Reply) -> tuple:
    note = note_of(thing)
    number = note.passage.number
    return note.essay_id, float("inf") if number is None else number, note.passage_id
