"""The entries of a reader's notebook as its page shows them."""

from dataclasses import dataclass

from django.db.models import Count

from annotations.models import Note, Reply
from annotations.notes.notebook import NotebookEntry
from edition.pages.candidates import CandidatePlaces, candidates_of
from edition.pages.margin_notes import MAX_OWN_NOTES
from edition.pages.veil import Veiled, by_essay
from essays.models import Essay, Passage
from readers.models import Reader

PASSAGE_RELATED = ("passage__essay__veil_after", "passage__essay__veil_work")
ORIGINAL_RELATED = ("original__passage__essay",)
DEFERRED = ("passage__html", "passage__source")
DEFERRED_OF_ORIGINAL = [
    *(f"original__{name}" for name in ("html", "source", "text")),
    *(f"original__passage__{name}" for name in ("html", "source", "text")),
]


@dataclass
class NotebookItem:
    """A note; or a reply, and then `note` is the note that it answers."""

    note: Note
    reply: Reply | None = None
    crowded: bool = False
    candidates: CandidatePlaces | None = None

    @property
    def written(self) -> Note | Reply:
        return self.reply or self.note

    @property
    def passage(self) -> Passage:
        return self.note.passage

    @property
    def is_readable(self) -> bool:
        """Whether its essay is published."""
        return self.passage.essay.status == Essay.Status.PUBLISHED

    @property
    def url(self) -> str:
        """Its place in the essay; its own page for a reply, or if the margin does not show it."""
        if self.reply or self.crowded:
            return self.written.get_absolute_url()
        return f"{self.passage.get_place_url().partition('#')[0]}#note-{self.note.public_id}"


def notebook_items(entries: list[NotebookEntry], reader: Reader) -> list[Veiled[NotebookItem]]:
    """The entries' notes and replies by essay, each group split at its veil; four queries."""
    notes = Note.objects.select_related(*PASSAGE_RELATED, *ORIGINAL_RELATED).defer(
        *DEFERRED, *DEFERRED_OF_ORIGINAL
    )
    notes = _in_bulk(notes, entries, "note")
    note_related = [f"note__{name}" for name in PASSAGE_RELATED]
    replies = Reply.objects.select_related("note__reader__user", *note_related)
    replies = _in_bulk(replies.defer(*(f"note__{name}" for name in DEFERRED)), entries, "reply")
    crowded = _crowded({note.passage_id for note in notes.values()}, reader)
    candidates = candidates_of(notes.values())
    items = {
        pk: NotebookItem(note, crowded=note.passage_id in crowded, candidates=candidates[pk])
        for pk, note in notes.items()
    }
    in_order = [
        items[entry.pk]
        if entry.kind == "note"
        else NotebookItem(replies[entry.pk].note, reply=replies[entry.pk])
        for entry in entries
        if entry.pk in (items if entry.kind == "note" else replies)
    ]
    return by_essay(in_order, lambda item: item.passage)


def _in_bulk(queryset, entries: list[NotebookEntry], kind: str) -> dict:
    return queryset.in_bulk([entry.pk for entry in entries if entry.kind == kind])


def _crowded(passages: set[int], reader: Reader) -> set[int]:
    """The ids of passages with more notes of the reader than the margin shows."""
    own = Note.objects.of(reader).filter(passage__in=passages).order_by().values("passage")
    crowded = own.annotate(count=Count("pk")).filter(count__gt=MAX_OWN_NOTES)
    return set(crowded.values_list("passage", flat=True))
