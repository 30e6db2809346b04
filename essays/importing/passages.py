"""The blocks of a Markdown text as passages, with their attributes."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from essays.importing.attributes import attributes_at, read_attributes
from essays.importing.blocks import HEADING, Block, blocks_of
from essays.importing.errors import CuttingError

_IMAGE = re.compile(r"!\[.*\]\(.*\)(\{[^{}]*\})?[ \t]*")
# A longer first line is not a picture, and would take the pattern too long.
_MAX_IMAGE_LENGTH = 2_000


@dataclass(frozen=True)
class CutPassage:
    """A passage from a file, its source without attributes; `line` is its first line."""

    key: str | None
    kind: str
    runs_on: bool
    source: str
    line: int


def passages_of(
    lines: list[str], first: int, *, reserved: Collection[str] = ()
) -> tuple[CutPassage, ...]:
    """The passages from the line with index `first` on. Raises CuttingError."""
    passages = tuple(_passage(block) for block in blocks_of(lines, first))
    _check_keys(passages, reserved)
    return passages


def _passage(block: Block) -> CutPassage:
    source = "\n".join(block.lines).rstrip()
    if block.attributes is None:
        *before, last = source.split("\n")
        at = block.line + len(before)
        if braces := attributes_at(last):
            source = "\n".join([*before, last[: braces.start()]]).rstrip()
    else:
        written, at = block.attributes
        braces = attributes_at(written)
    if not source:
        raise CuttingError(
            "These attributes stand alone.", at, "Put them right below the block they are for."
        )
    _refuse_attributes_inside(source, block.line)
    key, kind, runs_on = read_attributes(braces[1].split() if braces else [], at)
    return CutPassage(key, _kind(kind, source, at), runs_on, source, block.line)


def _refuse_attributes_inside(source: str, first: int) -> None:
    for line, words in enumerate(source.split("\n"), start=first):
        if attributes_at(words):
            raise CuttingError(
                "Attributes end a block, and here its text goes on.",
                line,
                "Put an empty line after them, or move them to its end.",
            )


def _kind(given: str | None, source: str, line: int) -> str:
    first = source.split("\n", 1)[0]
    if HEADING.match(source) and given not in (None, "heading"):
        raise CuttingError(
            f"A line that begins with # is a heading, and .{given} is another kind.",
            line,
            "Take out one of the two.",
        )
    if HEADING.match(source):
        return "heading"
    return given or ("figure" if opens_with_picture(first) else "prose")


def opens_with_picture(line: str) -> bool:
    return len(line) <= _MAX_IMAGE_LENGTH and bool(_IMAGE.fullmatch(line))


def _check_keys(passages: tuple[CutPassage, ...], reserved: Collection[str]) -> None:
    lines: dict[str, int] = {}
    for passage in passages:
        if passage.key is None:
            continue
        if passage.key in reserved:
            raise CuttingError(
                f"“{passage.key}” names a place on the site.", passage.line, "Choose another key."
            )
        if passage.key in lines:
            raise CuttingError(
                f"The key “{passage.key}” is on line {lines[passage.key]} already.",
                passage.line,
                "Give this passage another key.",
            )
        lines[passage.key] = passage.line
