"""A notebook as CSV (RFC 4180), for spreadsheets."""

import csv
from collections.abc import Iterator

from django.conf import settings

from annotations.models import Note, Reply
from annotations.notes.export.reading import note_of, written_by
from readers.models import Reader

COLUMNS = (
    *("kind", "essay", "passage", "key", "words", "text", "colour", "audience", "state"),
    *("created", "edited", "address"),
)
# Spreadsheets take what begins so for a formula, and run it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Line:
    """What csv.writer writes to: gives back the line that was made."""

    def write(self, line: str) -> str:
        return line


def table(reader: Reader) -> Iterator[str]:
    """The lines, after a byte order mark; an apostrophe stands before what may be a formula."""
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for thing in written_by(reader):
        yield writer.writerow(map(_harmless, _cells(thing)))


def _cells(thing: Note | Reply) -> tuple:
    note = note_of(thing)
    if isinstance(thing, Reply):
        kind, own = "reply", ("", "public", "")
    else:
        kind = "highlight" if thing.is_highlight else "note"
        own = (thing.colour, thing.audience, thing.state)
    return (
        *(kind, note.essay.title, note.passage.number or "", note.passage.key),
        *(note.words, thing.body, *own),
        *(_time(thing.created_at), _time(thing.edited_at)),
        settings.SITE_URL + thing.get_absolute_url(),
    )


def _time(moment) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _harmless(cell) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
