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
# A spreadsheet runs cells that begin with these as formulas, or skips them to what follows. Those
# of full width are typed by keyboards for Chinese, Japanese and Korean.
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


class LineBuffer:
    """A file for csv.writer that returns each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def table(reader: Reader) -> Iterator[str]:
    """The lines, after a byte order mark. Cells that could be formulas begin with an apostrophe."""
    writer = csv.writer(LineBuffer())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for written in written_by(reader):
        yield writer.writerow(map(_harmless, _cells(written)))


def _cells(written: Note | Reply) -> tuple:
    note = note_of(written)
    if isinstance(written, Reply):
        kind, own = "reply", ("", "public", "")
    else:
        kind = "highlight" if written.is_highlight else "note"
        own = (written.colour, written.audience, written.state)
    return (
        *(kind, note.essay.title, note.passage.number or "", note.passage.key),
        *(note.words, written.body, *own),
        *(_time(written.created_at), _time(written.edited_at)),
        settings.SITE_URL + written.get_absolute_url(),
    )


def _time(moment) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _harmless(cell) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
