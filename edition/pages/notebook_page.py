"""A reader's notebook as its page shows it: each thing with its place, behind its veil."""

from dataclasses import dataclass

from django.db.models import Count

from annotations.models import Note, Reply
from annotations.notes.notebook import NotebookEntry
from edition.pages.candidates import Candidates, candidates_of
from edition.pages.margin_notes import MOST_OWN
from edition.pages.veil import Veiled, by_essay
from essays.models import Essay, Passage
from readers.models import Reader

PLACE = ("passage__essay__veil_after", "passage__essay__veil_work")
UNREAD = ("passage__html", "passage__source")
WRITTEN = ("original__passage__essay",)
UNREAD_THERE = [
    *(f"original__{name}" for name in ("html", "source", "text")),
    *(f"original__passage__{name}" for name in ("html", "source", "text")),
]


@dataclass
class Item:
    """A note, or a reply with the note that it answers as `note`."""

    note: Note
    reply: Reply | None = None
    crowded: bool = False
    candidates: Candidates | None = None

    @property
    def thing(self) -> Note | Reply:
        return self.reply or self.note

    @property
    def passage(self) -> Passage:
        return self.note.passage

    @property
    def is_readable(self) -> bool:
        """Whether its essay is there to be read today."""
        return self.passage.essay.status == Essay.Status.PUBLISHED

    @property
    def place(self) -> str:
        """Its place in the essay; its own page where too many stand beside that passage."""
        if self.reply or self.crowded:
            return self.thing.get_absolute_url()
        return f"{self.passage.get_place_url().partition('#')[0]}#note-{self.note.pk}"


def items_of(entries: list[NotebookEntry], reader: Reader) -> list[Veiled[Item]]:
    """What the entries name, by essay, each split at its veil, in four queries."""
    notes = Note.objects.select_related(*PLACE, *WRITTEN).defer(*UNREAD, *UNREAD_THERE)
    notes = _in_bulk(notes, entries, "note")
    behind = [f"note__{name}" for name in PLACE]
    replies = Reply.objects.select_related("note__reader__user", *behind)
    replies = _in_bulk(replies.defer(*(f"note__{name}" for name in UNREAD)), entries, "reply")
    crowded = _crowded({note.passage_id for note in notes.values()}, reader)
    candidates = candidates_of(notes.values())
    items = {
        pk: Item(note, crowded=note.passage_id in crowded, candidates=candidates[pk])
        for pk, note in notes.items()
    }
    listed = [
        items[entry.pk]
        if entry.kind == "note"
        else Item(replies[entry.pk].note, reply=replies[entry.pk])
        for entry in entries
        if entry.pk in (items if entry.kind == "note" else replies)
    ]
    return by_essay(listed, lambda item: item.passage)


def _in_bulk(things, entries: list[NotebookEntry], kind: str) -> dict:
    return things.in_bulk([entry.pk for entry in entries if entry.kind == kind])


def _crowded(passages: set[int], reader: Reader) -> set[int]:
    """Those beside which the reader wrote more than their margin shows."""
    own = Note.objects.of(reader).filter(passage__in=passages).order_by().values("passage")
    crowded = own.annotate(count=Count("pk")).filter(count__gt=MOST_OWN)
    return set(crowded.values_list("passage", flat=True))
