"""The first step of an import: split a pasted text into passages and read its front matter."""

from dataclasses import dataclass, replace

from annotations.loading.errors import Problem
from annotations.loading.folder import front_of
from desk.importing.forms import MOST_WORKS, VEIL_TEXT, free_slug
from desk.importing.working import Working
from essays.errors import shortened
from essays.identifiers import RESERVED_KEYS
from essays.importing import Brought, CutPassage, UnreadableText, bring
from essays.models import Essay, Work

FIELDS = ["title", "dek", "authors", "language", "date", "licence", "colour", "smart"]
# More come once these are mended: 20,000 characters can hold thousands.
MOST_PROBLEMS = 5
NO_TITLE = "asked for below"


@dataclass(frozen=True)
class Beginning:
    """A split text, the essay's fields, the names of its works and the index of the veiled one."""

    working: Working
    essay: dict
    works: list[str]
    veil_for: int = 0


def begin(text: str, mode: str | None, a_line_each: bool | None) -> Beginning:
    """Raises UnreadableText or CuttingError."""
    brought = bring(text, mode, a_line_each=a_line_each, reserved=RESERVED_KEYS)
    working = Working(
        brought.mode,
        brought.passages,
        footnotes=brought.footnotes,
        first_lines=brought.first_lines,
        notices=brought.notices,
    )
    essay = {name: Essay._meta.get_field(name).get_default() for name in FIELDS}
    essay.update(title=brought.title, dek=brought.dek, veil_text=VEIL_TEXT)
    beginning = Beginning(working, essay, [])
    if brought.front:
        beginning = _with_front(beginning, brought)
    title = beginning.essay["title"]
    beginning.essay["slug"] = free_slug(title) if title else ""
    return beginning


def _with_front(beginning: Beginning, brought: Brought) -> Beginning:
    """Apply the front matter, which is checked as when a file is loaded. Raises UnreadableText."""
    problems: list[Problem] = []
    given = {"title": brought.title or NO_TITLE, **brought.front}
    front, veil = front_of("", replace(brought, front=given), problems)
    if problems:
        said = [f"Line {one.line}: {one.message} {one.remedy}" for one in problems[:MOST_PROBLEMS]]
        raise UnreadableText(" ".join(said))
    essay = {name: front.values[name] for name in FIELDS if name in brought.front}
    slugs = list(front.values["works"])
    if veil and veil.values["work"] not in slugs:
        slugs.append(veil.values["work"])
    works = Work.objects.in_bulk(slugs, field_name="slug")
    notices = [
        f"The site has no work “{slug}” yet: name it." for slug in slugs if slug not in works
    ]
    working = beginning.working
    after = None
    if veil:
        essay["veil_text"] = veil.values["text"]
        after = _place(brought.passages, veil.values["after"])
        if after is None:
            name = shortened(veil.values["after"])
            notices.append(f"No passage is “{name}”: choose where the veil stands.")
    known = [slug for slug in slugs if slug in works][:MOST_WORKS]
    return Beginning(
        replace(working, veil=after, notices=(*working.notices, *notices)),
        {**beginning.essay, **essay},
        [str(works[slug]) for slug in known],
        known.index(veil.values["work"]) if veil and veil.values["work"] in known else 0,
    )


def _place(passages: tuple[CutPassage, ...], name: str | int) -> int | None:
    """The index of the passage with this key or number, except the last: no veil can follow it."""
    for place, passage in enumerate(passages[:-1]):
        if name in (passage.key, place + 1):
            return place
    return None
