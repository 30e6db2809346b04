"""A notebook as Markdown: by essay and passage, the quoted words, then what was written."""

import re
from collections.abc import Iterator
from itertools import groupby

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst

from annotations.models import Note, Reply
from annotations.notes.export.reading import note_of, written_by
from readers.models import Reader

SPECIAL = re.compile(r"([\\`*_\[\]<>#])")


def markdown(reader: Reader) -> Iterator[str]:
    """The parts of the text. Words of the essay are escaped; the reader's own are as typed."""
    yield f"# Notebook\n\nWritten on {settings.SITE_URL}/, saved on {_day(timezone.now())}.\n"
    for essay, writings in groupby(written_by(reader), key=lambda written: note_of(written).essay):
        yield f"\n## {_plain(essay.title)}\n"
        for passage, on_passage in groupby(writings, key=lambda written: note_of(written).passage):
            yield f"\n### {capfirst(passage.name)}\n"
            for written in on_passage:
                yield _entry(written)


def _entry(written: Note | Reply) -> str:
    note = note_of(written)
    words = note.words or "(the whole passage)"
    parts = [_quote(words), written.body, f"— {_facts(written)}"]
    return "".join(f"\n{part}\n" for part in parts if part)


def _facts(written: Note | Reply) -> str:
    """The line under a note: what it is, who sees it, its date and address."""
    if isinstance(written, Reply):
        facts = ["reply, for anyone"]
    else:
        kind = "highlight" if written.is_highlight else "note"
        facts = [f"{written.colour} {kind}", written.get_audience_display()]
        if written.state in (Note.State.CHANGED, Note.State.ORPHANED):
            changed = written.state == Note.State.CHANGED
            facts.append("words changed since" if changed else "words gone")
    facts.append(_day(written.created_at))
    if note_of(written).essay.is_draft:
        facts.append("the essay is not published at present")
    return ", ".join(facts) + f", <{settings.SITE_URL}{written.get_absolute_url()}>"


def _day(moment) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _quote(words: str) -> str:
    return "\n".join(f"> {_plain(line)}".rstrip() for line in words.split("\n"))


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)
