"""A Markdown file cut into the passages of an essay.

The file opens with front matter (YAML between two lines of `---`). Blocks between blank lines
are passages; a list and what is indented under a block stay with it, and `:::` lines hold
several blocks in one passage. Attributes in braces at a block's end, or on the opening `:::`,
give its key, its kind and whether it runs on: `{#key .film-line .runs-on}`.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from essays.cutting.attributes import KINDS, attributes_at, read_attributes
from essays.cutting.blocks import HEADING, Block, blocks_of
from essays.cutting.errors import CuttingError
from essays.cutting.front import end_of_front, read_front

__all__ = ["KINDS", "CutPassage", "CuttingError", "Document", "cut"]

_IMAGE = re.compile(r"!\[.*\]\(.*\)(\{[^{}]*\})?[ \t]*")


@dataclass(frozen=True)
class CutPassage:
    """A passage's source without its attributes; `line` is where it begins in the file."""

    key: str | None
    kind: str
    runs_on: bool
    source: str
    line: int


@dataclass(frozen=True)
class Document:
    """`front_lines` tells the line of each entry of `front`."""

    front: Mapping[str, object]
    front_lines: Mapping[str, int]
    passages: tuple[CutPassage, ...]


def cut(markdown: str, *, reserved: Collection[str] = ()) -> Document:
    """Cut a file; `reserved` are keys that no passage may bear. Raises CuttingError."""
    text = markdown.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    end = end_of_front(lines)
    front, front_lines = read_front("\n".join(lines[1:end]))
    passages = tuple(_passage(block) for block in blocks_of(lines, end + 1))
    if not passages:
        raise CuttingError(
            "There is no text below the front matter.", end + 1, "Write the essay there."
        )
    _check_keys(passages, reserved)
    return Document(front, front_lines, passages)


def _passage(block: Block) -> CutPassage:
    source = "\n".join(block.lines).rstrip()
    if block.attributes is None:
        *before, last = source.split("\n")
        at = block.line + len(before)
        if found := attributes_at(last):
            source = "\n".join([*before, last[: found.start()]]).rstrip()
    else:
        written, at = block.attributes
        found = attributes_at(written)
    if not source:
        raise CuttingError(
            "These attributes stand alone.", at, "Put them right below the block they are for."
        )
    _refuse_attributes_inside(source, block.line)
    key, kind, runs_on = read_attributes(found[1].split() if found else [], at)
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
    return given or ("figure" if _IMAGE.fullmatch(first) else "prose")


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
