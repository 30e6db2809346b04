"""What readers wrote beside passages: their own, and some of what others let anyone see."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from annotations.models import Gloss, Note
from annotations.text.highlight import lemma
from essays.markup.tokens import text_of
from essays.models import Essay, Passage

MOST_OWN = 50
MOST_OF_OTHERS = 3
# Longer notes of others stand in the margin as their beginning.
MOST_HTML = 600
EXCERPT = 280

# Of the version that an annotation was written on, a page names only the place.
UNREAD = [
    f"original__{of}{name}" for of in ("", "passage__") for name in ("source", "html", "text")
]


@dataclass
class Beside:
    """The notes drawn beside a passage, and how many there are.

    `own` are the reader's newest in reading order, `lost` those of them whose words are gone;
    `others` the most answered of everybody else's. `readers` counts who wrote the latter.
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


def notes_beside(essay: Essay, passages: Sequence[Passage], reader) -> dict[int, Beside]:
    """By the passages' ids; in two queries for what others wrote, and one for a reader's own."""
    by_id = {passage.pk: passage for passage in passages}
    beside: dict[int, Beside] = defaultdict(Beside)
    notes = Note.objects.filter(essay=essay, passage__in=by_id)
    if reader:
        for note in _own(notes, reader):
            here = beside[note.passage_id]
            (here.lost if note.state == Note.State.ORPHANED else here.own).append(note)
            here.own_count = note.in_all
    others = notes.public().placed().exclude(reader=reader) if reader else notes.public().placed()
    counted = (
        others.order_by()
        .values("passage")
        .annotate(notes=Count("pk"), readers=Count("reader", distinct=True))
    )
    for row in counted:
        here = beside[row["passage"]]
        here.others_count, here.readers = row["notes"], row["readers"]
    for note in _first(others):
        beside[note.passage_id].others.append(note)
    for here in beside.values():
        for note in here.others:
            note.excerpt = excerpt_of(note)
        for note in (*here.own, *here.lost, *here.others):
            _settle(note, essay, by_id)
    return beside


def _own(notes, reader):
    """The newest of each passage, in reading order."""
    return (
        notes.of(reader)
        .annotate(
            newness=Window(RowNumber(), partition_by=F("passage_id"), order_by=F("pk").desc()),
            in_all=Window(Count("pk"), partition_by=F("passage_id")),
        )
        .filter(newness__lte=MOST_OWN)
        .select_related("original__passage")
        .defer(*UNREAD, "stems")
        .order_by("start", "pk")
    )


def _first(others):
    """The most answered of each passage, the newest among equals."""
    order = [F("reply_count").desc(), F("pk").desc()]
    ranked = others.order_by().annotate(
        rank=Window(RowNumber(), partition_by=F("passage_id"), order_by=order)
    )
    return (
        Note.objects.filter(pk__in=ranked.filter(rank__lte=MOST_OF_OTHERS).values("pk"))
        .select_related("original__passage", "reader__user")
        .defer(*UNREAD, "stems")
        .order_by("-reply_count", "-pk")
    )


def notes_on(gloss: Gloss, reader) -> int:
    """How many notes that `reader` may see beside the text share words with a gloss."""
    if gloss.start is None or gloss.is_whole_passage:
        return 0
    notes = Note.objects.visible_to(reader).placed().beside_published()
    notes = notes.filter(passage=gloss.passage)
    return notes.filter(start__lt=gloss.end, end__gt=gloss.start).count()


def excerpt_of(note: Note) -> str:
    """The beginning of a long note in plain words; empty if it is short enough to stand whole."""
    if len(note.html) <= MOST_HTML:
        return ""
    words = text_of(note.html)
    return lemma(words, limit=EXCERPT) if len(words) > EXCERPT else ""


def _settle(note: Note, essay: Essay, by_id: dict[int, Passage]) -> None:
    note.essay = note.original.passage.essay = essay
    note.passage = by_id[note.passage_id]
