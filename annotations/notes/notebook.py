"""All that one reader wrote: searched, narrowed and put in order without holding its words."""

import re
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import combining, normalize

from django.db.models import F, QuerySet
from django.db.models.functions import Substr

from annotations.models import Audience, Note, Reply
from essays.models import Essay
from readers.models import Reader

READ_AT_ONCE = 2000
MOST_SEARCHED = 20_000
ASKED = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]|(\S+)')
PLAIN = str.maketrans("’‘ʼ“”„«»", "'''" + '"' * 5)
NOWHERE = float("inf")


class NotebookEntry(NamedTuple):
    """One note or reply by its id, and where it stands."""

    kind: str
    pk: int
    essay: int
    number: int | None
    start: int | None
    note: int
    at: object


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for among their own; empty means any."""

    words: str = ""
    essay: str = ""
    colour: str = ""
    audience: str = ""
    state: str = ""

    @property
    def only_notes(self) -> bool:
        """Whether replies are left out: they have no colour, no place, and anyone reads them."""
        return bool(self.colour or self.state or self.audience == Audience.PRIVATE)


def replies_of(reader: Reader) -> QuerySet[Reply]:
    return Reply.objects.filter(reader=reader, deleted_at=None)


def essays_of(reader: Reader) -> list[Essay]:
    """The essays that the reader wrote beside, drafts included, in the order of the shelf."""
    notes = Note.objects.of(reader).order_by().values("essay")
    replies = replies_of(reader).order_by().values("note__essay")
    return list(Essay.objects.filter(pk__in=notes.union(replies)))


def newest_first(entries: list[NotebookEntry]) -> list[NotebookEntry]:
    return sorted(entries, key=lambda entry: (entry.at, entry.kind, entry.pk), reverse=True)


def in_reading_order(entries: list[NotebookEntry], essays: list[Essay]) -> list[NotebookEntry]:
    """By essay as `essays` has them, each by place; a reply after the note it answers."""
    rank = {essay.pk: place for place, essay in enumerate(essays)}

    def place(entry: NotebookEntry):
        number = NOWHERE if entry.number is None else entry.number
        start = NOWHERE if entry.start is None else entry.start
        return rank[entry.essay], number, start, entry.note, entry.kind == "reply", entry.pk

    return sorted(entries, key=place)


def entries_of(reader: Reader, wanted: Wanted) -> list[NotebookEntry]:
    """What the reader wrote, as far as it is wanted, in two queries.

    Words are looked for in the newest MOST_SEARCHED notes and as many replies.
    """
    terms = terms_of(wanted.words)
    found = _found("note", _notes(reader, wanted), NOTE_FIELDS, terms)
    if not wanted.only_notes:
        replies = replies_of(reader)
        if wanted.essay:
            replies = replies.filter(note__essay__slug=wanted.essay)
        found += _found("reply", replies, REPLY_FIELDS, terms)
    return found


def terms_of(asked: str) -> list[str]:
    """What is to be found, folded; words in quotation marks stay together."""
    return [term for parts in ASKED.findall(asked) if (term := fold("".join(parts)).strip('"'))]


def fold(text: str) -> str:
    """A text without case, accents, curls of quotation marks and runs of space."""
    if not text.isascii():
        plain = normalize("NFKD", text.translate(PLAIN).casefold())
        text = "".join(c for c in plain if not combining(c))
    return " ".join(text.casefold().split())


NOTE_FIELDS = ("pk", "essay_id", "passage__number", "start", "pk", "created_at")
REPLY_FIELDS = (
    *("pk", "note__essay_id", "note__passage__number", "note__start", "note_id"),
    "created_at",
)


def _notes(reader: Reader, wanted: Wanted) -> QuerySet[Note]:
    narrowed = {
        "essay__slug": wanted.essay,
        "colour": wanted.colour,
        "audience": wanted.audience,
        "state": wanted.state,
    }
    notes = Note.objects.of(reader)
    return notes.filter(**{field: value for field, value in narrowed.items() if value})


def _found(kind: str, rows: QuerySet, fields: tuple, terms: list[str]) -> list[NotebookEntry]:
    rows = rows.order_by("-pk")
    if not terms:
        return [NotebookEntry(kind, *row) for row in rows.values_list(*fields)]
    said = [F("body")]
    if kind == "note":
        length = F("end") - F("start")
        said += [F("exact"), Substr("passage__text", F("start") + 1, length)]
    rows = rows.values_list(*fields, *said)[:MOST_SEARCHED]
    found = []
    for row in rows.iterator(chunk_size=READ_AT_ONCE):
        text = fold(" ".join(part for part in row[len(fields) :] if part))
        if all(term in text for term in terms):
            found.append(NotebookEntry(kind, *row[: len(fields)]))
    return found
