"""Search, filter and sort all that one reader wrote, without holding the texts in memory."""

from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import combining, normalize

from django.db.models import F, QuerySet
from django.db.models.functions import Substr

from annotations.anchoring.words import LOOKS_ALIKE
from annotations.models import Audience, Note, Reply
from annotations.text.stems import query_parts
from essays.models import Essay
from readers.models import Reader

CHUNK_SIZE = 2000
MAX_SEARCHED = 20_000
NOWHERE = float("inf")


class NotebookEntry(NamedTuple):
    """The id of a note or reply, with what it is sorted by."""

    kind: str
    pk: int
    essay: int
    number: int | None
    start: int | None
    note: int
    at: object


@dataclass(frozen=True)
class NotebookFilter:
    """What a reader's notes and replies must match; an empty string matches any."""

    words: str = ""
    essay: str = ""
    colour: str = ""
    audience: str = ""
    state: str = ""

    @property
    def only_notes(self) -> bool:
        """Whether replies cannot match: they have no colour or state, and are never private."""
        return bool(self.colour or self.state or self.audience == Audience.PRIVATE)


def replies_of(reader: Reader) -> QuerySet[Reply]:
    return Reply.objects.filter(reader=reader, deleted_at=None)


def essays_of(reader: Reader) -> list[Essay]:
    """The essays with notes or replies by the reader, drafts too, in the order of the shelf."""
    notes = Note.objects.of(reader).order_by().values("essay")
    replies = replies_of(reader).order_by().values("note__essay")
    return list(Essay.objects.filter(pk__in=notes.union(replies)))


def newest_first(entries: list[NotebookEntry]) -> list[NotebookEntry]:
    return sorted(entries, key=lambda entry: (entry.at, entry.kind, entry.pk), reverse=True)


def in_reading_order(entries: list[NotebookEntry], essays: list[Essay]) -> list[NotebookEntry]:
    """In the order of `essays` and by place in each; a reply follows the note it answers."""
    rank = {essay.pk: place for place, essay in enumerate(essays)}

    def place(entry: NotebookEntry):
        number = NOWHERE if entry.number is None else entry.number
        start = NOWHERE if entry.start is None else entry.start
        return rank[entry.essay], number, start, entry.note, entry.kind == "reply", entry.pk

    return sorted(entries, key=place)


def entries_of(reader: Reader, filters: NotebookFilter) -> list[NotebookEntry]:
    """The notes and replies that match, in two queries.

    Words are searched in the newest MAX_SEARCHED notes and as many replies.
    """
    terms = terms_of(filters.words)
    entries = _matching("note", _notes(reader, filters), NOTE_FIELDS, terms)
    if not filters.only_notes:
        replies = replies_of(reader)
        if filters.essay:
            replies = replies.filter(note__essay__slug=filters.essay)
        entries += _matching("reply", replies, REPLY_FIELDS, terms)
    return entries


def terms_of(query: str) -> list[str]:
    """The folded terms of a query; words in quotation marks are one term."""
    return [term for part in query_parts(query) if (term := fold(part).strip('"'))]


def fold(text: str) -> str:
    """The text without case, accents, typography and repeated spaces."""
    if not text.isascii():
        plain = normalize("NFKD", text.translate(LOOKS_ALIKE).casefold())
        text = "".join(c for c in plain if not combining(c))
    return " ".join(text.casefold().split())


NOTE_FIELDS = ("pk", "essay_id", "passage__number", "start", "pk", "created_at")
REPLY_FIELDS = (
    *("pk", "note__essay_id", "note__passage__number", "note__start", "note_id"),
    "created_at",
)


def _notes(reader: Reader, filters: NotebookFilter) -> QuerySet[Note]:
    conditions = {
        "essay__slug": filters.essay,
        "colour": filters.colour,
        "audience": filters.audience,
        "state": filters.state,
    }
    notes = Note.objects.of(reader)
    return notes.filter(**{field: value for field, value in conditions.items() if value})


def _matching(kind: str, rows: QuerySet, fields: tuple, terms: list[str]) -> list[NotebookEntry]:
    rows = rows.order_by("-pk")
    if not terms:
        return [NotebookEntry(kind, *row) for row in rows.values_list(*fields)]
    texts = [F("body")]
    if kind == "note":
        length = F("end") - F("start")
        texts += [F("exact"), Substr("passage__text", F("start") + 1, length)]
    rows = rows.values_list(*fields, *texts)[:MAX_SEARCHED]
    entries = []
    for row in rows.iterator(chunk_size=CHUNK_SIZE):
        text = fold(" ".join(part for part in row[len(fields) :] if part))
        if all(term in text for term in terms):
            entries.append(NotebookEntry(kind, *row[: len(fields)]))
    return entries
