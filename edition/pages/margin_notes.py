"""The notes in the margin of each passage: the reader's own, and some public notes of others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from annotations.models import Gloss, Note
from annotations.text.highlight import lemma
from essays.markup.tokens import text_of
from essays.models import Essay, Passage

MAX_OWN_NOTES = 50
MAX_NOTES_OF_OTHERS = 3
# A note of somebody else with more HTML than this is cut to an excerpt, in characters.
MAX_HTML_LENGTH = 600
EXCERPT_LENGTH = 280

# Fields that pages do not need of the version that an annotation was written on.
DEFERRED = [
    f"original__{path}{name}" for path in ("", "passage__") for name in ("source", "html", "text")
]


@dataclass
class PassageNotes:
    """The notes shown in a passage's margin, and how many there are.

    `own`: the reader's newest, in reading order. `lost`: those of them whose words were removed.
    `others`: the most answered public notes of other readers. `readers`: how many readers wrote
    public notes. `undo`: the note that was just deleted and can be restored.
    """

    own: list[Note] = field(default_factory=list)
    lost: list[Note] = field(default_factory=list)
    own_count: int = 0
    others: list[Note] = field(default_factory=list)
    others_count: int = 0
    readers: int = 0
    undo: Note | None = None

    @property
    def more_own(self) -> int:
        return self.own_count - len(self.own) - len(self.lost)

    @property
    def more(self) -> int:
        return self.others_count - len(self.others)


def notes_by_passage(essay: Essay, passages: Sequence[Passage], reader) -> dict[int, PassageNotes]:
    """The notes of each passage, by its id, in two queries, and one more if there is a reader."""
    by_id = {passage.pk: passage for passage in passages}
    by_passage: dict[int, PassageNotes] = defaultdict(PassageNotes)
    notes = Note.objects.filter(essay=essay, passage__in=by_id)
    if reader:
        for note in _own(notes, reader):
            of_passage = by_passage[note.passage_id]
            is_lost = note.state == Note.State.ORPHANED
            (of_passage.lost if is_lost else of_passage.own).append(note)
            of_passage.own_count = note.own_count
    others = notes.public().placed().exclude(reader=reader) if reader else notes.public().placed()
    counted = (
        others.order_by()
        .values("passage")
        .annotate(notes=Count("pk"), readers=Count("reader", distinct=True))
    )
    for row in counted:
        of_passage = by_passage[row["passage"]]
        of_passage.others_count, of_passage.readers = row["notes"], row["readers"]
    for note in _most_answered(others):
        by_passage[note.passage_id].others.append(note)
    for of_passage in by_passage.values():
        for note in of_passage.others:
            note.excerpt = excerpt_of(note)
        for note in (*of_passage.own, *of_passage.lost, *of_passage.others):
            note.essay = note.original.passage.essay = essay
            note.passage = by_id[note.passage_id]
    return by_passage


def _own(notes, reader):
    """The newest of each passage, in reading order."""
    return (
        notes.of(reader)
        .annotate(
            newness=Window(RowNumber(), partition_by=F("passage_id"), order_by=F("pk").desc()),
            own_count=Window(Count("pk"), partition_by=F("passage_id")),
        )
        .filter(newness__lte=MAX_OWN_NOTES)
        .select_related("original__passage")
        .defer(*DEFERRED, "stems")
        .order_by("start", "pk")
    )


def _most_answered(others):
    """The most answered of each passage, the newest among equals."""
    order = [F("reply_count").desc(), F("pk").desc()]
    ranked = others.order_by().annotate(
        rank=Window(RowNumber(), partition_by=F("passage_id"), order_by=order)
    )
    return (
        Note.objects.filter(pk__in=ranked.filter(rank__lte=MAX_NOTES_OF_OTHERS).values("pk"))
        .select_related("original__passage", "reader__user")
        .defer(*DEFERRED, "stems")
        .order_by("-reply_count", "-pk")
    )


def count_notes_on(gloss: Gloss, reader) -> int:
    """The number of notes that `reader` may see and that overlap the words of `gloss`."""
    if gloss.start is None or gloss.is_whole_passage:
        return 0
    notes = Note.objects.visible_to(reader).placed().on_published_essays()
    notes = notes.filter(passage=gloss.passage)
    return notes.filter(start__lt=gloss.end, end__gt=gloss.start).count()


def excerpt_of(note: Note) -> str:
    """The beginning of a long note as plain text; empty if the note is short."""
    if len(note.html) <= MAX_HTML_LENGTH:
        return ""
    words = text_of(note.html)
    return lemma(words, limit=EXCERPT_LENGTH) if len(words) > EXCERPT_LENGTH else ""
