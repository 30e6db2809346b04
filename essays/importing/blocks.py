"""Group the lines of a file into blocks, one for each passage."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from essays.errors import shortened
from essays.importing.attributes import attributes_at
from essays.importing.errors import CuttingError

HEADING = re.compile(r"#{1,6}[ \t]")

_FENCE = re.compile(r":::+(.*)")
_ITEM = re.compile(r"[ ]{0,3}(?:(?P<bullet>[-+*])|\d+\.)[ \t]")
_INDENTED = re.compile(r"(?: {2,}|\t)[ \t]*\S")


@dataclass
class Block:
    """Lines from number `line` on, from 1; `attributes` are those of its `:::` with their line."""

    line: int
    lines: list[str] = field(default_factory=list)
    attributes: tuple[str, int] | None = None


def blocks_of(lines: list[str], first: int) -> Iterator[Block]:
    """The blocks from the line with index `first` on."""
    block: Block | None = None
    index = first
    while index < len(lines):
        line = lines[index]
        if fence := _FENCE.fullmatch(line):
            if block:
                yield block
            block = None
            close = _end_of_fence(lines, index)
            yield _fenced(lines, index, close, fence[1].strip(" \t"))
            index = close + 1
            continue
        if block and _starts_another(block, line, after_blank=not lines[index - 1].strip()):
            yield block
            block = None
        if block:
            block.lines.append(line)
        elif line.strip():
            block = Block(index + 1, [line])
        index += 1
    if block:
        yield block


def _starts_another(block: Block, line: str, *, after_blank: bool) -> bool:
    if HEADING.match(block.lines[0]) or HEADING.match(line):
        return bool(line.strip())
    if not line.strip() or not after_blank:
        return False
    if attributes_at(next(known for known in reversed(block.lines) if known.strip())):
        return True
    if _INDENTED.match(line):
        return False
    item = _ITEM.match(line)
    began = _ITEM.match(block.lines[0])
    return not (item and began and bool(item["bullet"]) == bool(began["bullet"]))


def _end_of_fence(lines: list[str], opening: int) -> int:
    for index in range(opening + 1, len(lines)):
        fence = _FENCE.fullmatch(lines[index])
        if fence and not fence[1].strip(" \t"):
            return index
        if fence:
            raise CuttingError(
                f"This ::: stands inside the one that line {opening + 1} opened.",
                index + 1,
                "Close that one first, with a line of ::: alone.",
            )
    raise CuttingError(
        "This ::: is never closed.", opening + 1, "Put a line of ::: alone after its last block."
    )


def _fenced(lines: list[str], opening: int, close: int, attributes: str) -> Block:
    if attributes and not attributes_at(attributes):
        raise CuttingError(
            f"“{shortened(attributes)}” after ::: is not in braces.",
            opening + 1,
            "Write it as ::: {#key .epigraph}.",
        )
    body = range(opening + 1, close)
    first = next((index for index in body if lines[index].strip()), None)
    if first is None:
        raise CuttingError(
            "There is nothing between these ::: lines.", opening + 1, "Take them out."
        )
    for index in body:
        if HEADING.match(lines[index]):
            raise CuttingError(
                "A heading cannot stand between ::: lines.", index + 1, "Put it before them."
            )
    return Block(first + 1, lines[first:close], (attributes, opening + 1) if attributes else None)
