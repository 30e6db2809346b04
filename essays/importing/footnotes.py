"""Footnotes of a Markdown text: `[^1]` after words, and `[^1]: the footnote` below."""

import re
from dataclasses import dataclass

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:(.*)")
_GOES_ON = re.compile(r"(?: {2,}|\t)\s*\S")
# A mark that is neither escaped nor in code.
_MARK = re.compile(
    r"\\.|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\[\^(?P<label>[^\]\s]{1,60})\]",
    re.DOTALL,
)


@dataclass(frozen=True)
class FootnoteMark:
    """A `[^label]` in a source, with its offsets."""

    label: str
    start: int
    end: int


def take_footnotes(lines: list[str]) -> tuple[list[str], dict[str, str], list[str]]:
    """The lines, with those of footnotes emptied; the footnotes by label, each as one paragraph;
    and the labels that occur twice, of which the first footnote counts."""
    rest: list[str] = []
    footnotes: dict[str, list[str]] = {}
    twice: list[str] = []
    current: list[str] | None = None
    after_blank = False
    for line in lines:
        if match := _DEFINITION.fullmatch(line):
            current = [match[2].strip()]
            if match[1] in footnotes:
                twice.append(match[1])
                rest.append(line)
                current = None
                continue
            footnotes[match[1]] = current
        elif current is not None and line.strip() and (not after_blank or _GOES_ON.match(line)):
            current.append(line.strip())
        elif current is None or line.strip():
            current = None
            rest.append(line)
            after_blank = False
            continue
        after_blank = not line.strip()
        rest.append("")
    folded = {label: " ".join(filter(None, words)) for label, words in footnotes.items()}
    return rest, folded, twice


def marks_in(source: str) -> list[FootnoteMark]:
    """The marks in a passage's source, in order; the source must be within `markup.limits`."""
    return [
        FootnoteMark(match["label"], match.start(), match.end())
        for match in _MARK.finditer(source)
        if match["label"]
    ]


def with_marks_as(source: str, signs: list[str]) -> str:
    """`source` with a sign instead of each mark, without the space before marks after words."""
    parts: list[str] = []
    at = 0
    for mark, sign in zip(marks_in(source), signs, strict=True):
        before = source[at : mark.start]
        if not source[mark.end : mark.end + 1].isalnum():
            before = before.rstrip(" \t")
        parts += [before, sign]
        at = mark.end
    return "".join([*parts, source[at:]])


def without(source: str, label: str) -> str:
    """`source` without the marks of one footnote."""
    signs = [
        "" if mark.label == label else source[mark.start : mark.end] for mark in marks_in(source)
    ]
    return with_marks_as(source, signs)
