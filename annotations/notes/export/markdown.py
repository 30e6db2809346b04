"""A notebook as Markdown: by essay and passage, the quoted words, then what was written."""

import re
from collections.abc import Iterator
from itertools import groupby

from django.conf import settings
from django.utils import timezone

from annotations.models import Note, Reply
from annotations.notes.export.reading import note_of, written_by
from readers.models import Reader

SPECIAL = re.compile(r"([\\`*_\[\]<>#])")


def markdown(reader: Reader) -> Iterator[str]:
    """The parts of the text. Words of the essay are escaped, the reader's own are as typed."""
    yield f"# Notebook\n\nWritten on {settings.SITE_URL}/, saved on {_day(timezone.now())}.\n"
    for essay, things in groupby(written_by(reader), key=lambda thing: note_of(thing).essay):
        yield f"\n## {_plain(essay.title)}\n"
        for passage, here in groupby(things, key=lambda thing: note_of(thing).passage):
            name = f"Passage {passage.number}" if passage.number else "A passage that was cut"
            yield f"\n### {name}\n"
            for thing in here:
                yield _written(thing)


def _written(thing: Note | Reply) -> str:
    note = note_of(thing)
    words = note.words or "(the whole passage)"
    parts = [_quote(words), thing.body, f"— {_facts(thing)}"]
    return "".join(f"\n{part}\n" for part in parts if part)


def _facts(thing: Note | Reply) -> str:
    """Under a note: what it is, who sees it, from when, and where it is found."""
    if isinstance(thing, Reply):
        said = ["reply, for anyone"]
    else:
        kind = "highlight" if thing.is_highlight else "note"
        said = [f"{thing.colour} {kind}", thing.get_audience_display()]
        if thing.state in (Note.State.CHANGED, Note.State.ORPHANED):
            changed = thing.state == Note.State.CHANGED
            said.append("words changed since" if changed else "words gone")
    said.append(_day(thing.created_at))
    if note_of(thing).essay.is_draft:
        said.append("the essay is not published at present")
    return ", ".join(said) + f", <{settings.SITE_URL}{thing.get_absolute_url()}>"


def _day(moment) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _quote(words: str) -> str:
    return "\n".join(f"> {_plain(line)}".rstrip() for line in words.split("\n"))


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)
