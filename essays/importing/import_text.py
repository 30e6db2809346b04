"""Cut a text that was written elsewhere into passages, as well as one can guess."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from essays.importing import plain_text
from essays.importing.blocks import HEADING, blocks_of
from essays.importing.decode import readable
from essays.importing.errors import CuttingError, UnreadableText
from essays.importing.footnotes import marks_in, take_footnotes, with_marks_as
from essays.importing.front_matter import end_of_front, read_front
from essays.importing.links import with_addresses_in_place
from essays.importing.passages import CutPassage, passages_of
from essays.importing.pictures import split_pictures
from essays.importing.text_totals import problem_with_totals
from essays.markup import MarkupError, render_passage
from essays.markup.limits import PASSAGE_LENGTH, checked

type Mode = Literal["markdown", "plain"]

MAX_TITLE_LENGTH = 200
MAX_DEK_LENGTH = 300

_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*")
_HASHES = re.compile(r"\A#{1,6}[ \t]+")


@dataclass(frozen=True)
class Brought:
    """A text cut into passages.

    `front` has the entries of its front matter, with their lines. `first_lines` were moved from
    the text to title and dek. `footnotes` are in Markdown, by label; their marks are still in the
    passages. `notices` say what was left out or is unusual.
    """

    mode: Mode
    passages: tuple[CutPassage, ...]
    front: Mapping[str, object] = field(default_factory=dict)
    front_lines: Mapping[str, int] = field(default_factory=dict)
    title: str = ""
    dek: str = ""
    first_lines: tuple[str, ...] = ()
    footnotes: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def bring(
    text: str,
    mode: Mode | None = None,
    *,
    a_line_each: bool | None = None,
    reserved: Collection[str] = (),
) -> Brought:
    """Cut a text; guesses arguments that are None. Raises UnreadableText or CuttingError."""
    text = readable(text)
    mode = mode or ("markdown" if plain_text.looks_like_markdown(text) else "plain")
    each = plain_text.has_a_paragraph_a_line(text) if a_line_each is None else a_line_each
    if mode == "plain":
        if each:
            text = text.replace("\n", "\n\n")
        brought = Brought(mode, _plain(text, "prose", runs_on=False, key=None))
    else:
        brought = _markdown(text, each, reserved)
    if problem := problem_with_totals(
        brought.passages, brought.footnotes.values(), is_markdown=mode == "markdown"
    ):
        raise UnreadableText(problem)
    if "title" not in brought.front:
        brought = _with_first_lines(brought)
    *before, last = map(_without_hashes, brought.passages)
    # “She says:” leads straight into what she says.
    before = [replace(one, runs_on=one.runs_on or one.source.endswith(":")) for one in before]
    return replace(brought, passages=(*before, last))


def recut(passage: CutPassage, mode: Mode, *, reserved: Collection[str] = ()) -> list[CutPassage]:
    """An edited passage, cut again into one or more; none if it is empty.

    All have its kind, if possible; the first keeps its key, and the last runs on if it did.
    Raises CuttingError.
    """
    if mode == "plain":
        parts = _plain(passage.source, passage.kind, runs_on=passage.runs_on, key=passage.key)
        return list(parts)
    cut = _figures_apart(passages_of(passage.source.split("\n"), 0, reserved=reserved))
    if not cut:
        return []
    parts = tuple(
        replace(part, kind=_kind_of(passage.kind, first=not place))
        if part.kind == "prose"
        else part
        for place, part in enumerate(cut)
    )
    first = replace(parts[0], key=parts[0].key or passage.key)
    *before, last = map(_without_hashes, (first, *parts[1:]))
    return [*before, replace(last, runs_on=last.runs_on or passage.runs_on)]


def as_written(passage: CutPassage, mode: Mode) -> str:
    """The source from which `recut` makes the same passage."""
    if mode == "plain":
        return passage.source
    try:
        alone = len(list(blocks_of(passage.source.split("\n"), 0))) == 1
    except CuttingError:
        alone = True
    return passage.source if alone else f":::\n{passage.source}\n:::"


def joined(first: CutPassage, second: CutPassage, mode: Mode) -> CutPassage:
    """Both as one passage, of the kind of the first."""
    one, two = first.source.rstrip(), second.source.lstrip()
    between = " "
    if first.kind == "figure":
        between = "\n"
    elif mode == "markdown" and ("\n\n" in one + two or _is_list(one) or _is_list(two)):
        between = "\n\n"
    kind = "prose" if first.kind == "heading" != second.kind else first.kind
    return replace(first, kind=kind, source=f"{one}{between}{two}", runs_on=second.runs_on)


def _is_list(source: str) -> bool:
    return bool(re.match(r"[ ]{0,3}(?:[-+*]|\d+\.)[ \t]", source))


def _kind_of(kind: str, *, first: bool) -> str:
    return "prose" if not first and kind in ("heading", "figure") else kind


def _plain(text: str, kind: str, *, runs_on: bool, key: str | None) -> tuple[CutPassage, ...]:
    paragraphs = plain_text.paragraphs(text)
    return tuple(
        CutPassage(
            None if place else key,
            _kind_of(kind, first=not place),
            runs_on and place == len(paragraphs) - 1,
            source,
            line,
        )
        for place, (source, line) in enumerate(paragraphs)
    )


def _markdown(text: str, a_line_each: bool, reserved: Collection[str]) -> Brought:
    lines = text.split("\n")
    front: dict[str, object] = {}
    front_lines: dict[str, int] = {}
    if lines[0].rstrip() == "---":
        end = end_of_front(lines)
        front, front_lines = read_front("\n".join(lines[1:end]), needs_title=False)
        # Empty lines in its place, so that all others keep their number.
        lines = [*[""] * (end + 1), *lines[end + 1 :]]
    lines, footnotes, twice = take_footnotes(lines)
    lines, rules = _without_rules(_with_hashes(with_addresses_in_place(lines)))
    if a_line_each:
        lines = [each for line in lines for each in (line, "")]
    passages = _figures_apart(passages_of(lines, 0, reserved=reserved))
    if not passages:
        raise UnreadableText("There is no text here but front matter or footnotes. Add the essay.")
    notices = [
        f"Footnote {label} is there twice; the second stands in the text." for label in twice
    ]
    if rules:
        notices.append(f"Lines that only part sections (---) were left out: {rules}.")
    return Brought(
        "markdown", passages, front, front_lines, footnotes=footnotes, notices=tuple(notices)
    )


def _with_hashes(lines: list[str]) -> list[str]:
    """The lines with underlined headings written with # instead."""
    marked = list(lines)
    for at in range(1, len(lines)):
        alone = at == 1 or not lines[at - 2].strip()
        underline = _UNDERLINE.fullmatch(lines[at])
        if underline and alone and lines[at - 1].strip() and not HEADING.match(lines[at - 1]):
            marked[at - 1] = f"{'#' if underline[1][0] == '=' else '##'} {lines[at - 1].strip()}"
            marked[at] = ""
    return marked


def _without_rules(lines: list[str]) -> tuple[list[str], int]:
    """The lines without rules between sections, and the number of rules."""
    rules = [
        at
        for at, line in enumerate(lines)
        if _RULE.fullmatch(line) and not (at and lines[at - 1].strip())
    ]
    rule_lines = set(rules)
    return ["" if at in rule_lines else line for at, line in enumerate(lines)], len(rules)


def _figures_apart(passages: tuple[CutPassage, ...]) -> tuple[CutPassage, ...]:
    parts: list[CutPassage] = []
    for passage in passages:
        sources = split_pictures(passage.source)
        for place, source in enumerate(sources):
            kind = passage.kind
            if len(sources) > 1:
                kind = "figure" if source.startswith("![") else _kind_of(kind, first=not place)
            last = place == len(sources) - 1
            key = None if place else passage.key
            parts.append(CutPassage(key, kind, last and passage.runs_on, source, passage.line))
    return tuple(parts)


def _without_hashes(passage: CutPassage) -> CutPassage:
    if passage.kind != "heading":
        return passage
    return replace(passage, source=_HASHES.sub("", passage.source))


def _with_first_lines(brought: Brought) -> Brought:
    """Take the first passage as the title, and the next line as the dek, if they look so."""
    first, *rest = brought.passages
    is_heading = first.kind == "heading" and first.source.startswith("# ")
    is_line = first.kind == "prose" and _is_a_line(first.source, MAX_TITLE_LENGTH, ".:;,")
    if not rest or rest[0].line == first.line or not (is_heading or is_line):
        return brought
    taken = [first]
    if len(rest) > 1 and rest[0].kind == "prose":
        below, after = rest[0].source, rest[1].source
        if _is_a_line(below, MAX_DEK_LENGTH, ".:;,!?…") and len(below) < len(after):
            taken.append(rest[0])
    title, dek = (_field_text(passage, brought.mode) for passage in (*taken, None)[:2])
    lines = tuple(_without_hashes(passage).source for passage in taken)
    passages = brought.passages[len(taken) :]
    return replace(brought, title=title, dek=dek, first_lines=lines, passages=passages)


def _is_a_line(source: str, max_length: int, not_at_end: str) -> bool:
    return "\n" not in source and len(source) <= max_length and source[-1] not in not_at_end


def _field_text(passage: CutPassage | None, mode: Mode) -> str:
    """The passage's text for a form field: on one line, without Markdown."""
    if passage is None or mode == "plain":
        return passage.source if passage else ""
    try:
        source = checked(passage.source, PASSAGE_LENGTH)
        unmarked = with_marks_as(source, [""] * len(marks_in(source)))
        return render_passage(unmarked, "heading", smart=False).text
    except MarkupError:
        return passage.source
