"""Limits of a text, checked before it is parsed.

Python-Markdown takes quadratic time for some marks and recurses on nested ones, so their number
is limited: a text within the limits is rendered in a fraction of a second.
"""

import re

from essays.markup.errors import MarkupError

PASSAGE_LENGTH = 20_000
GLOSS_LENGTH = 5_000
NOTE_LENGTH = 5_000

_ODD_SPACES = str.maketrans(dict.fromkeys("\v\f\x1c\x1d\x1e\x1f\x85", " "))
# Control characters, surrogates and noncharacters, which HTML does not allow.
_UNSHOWABLE = re.compile(
    r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
_MARKS = r"^[ \t]*(?:(?:[-+*]|\d+\.)[ \t]+|>[ \t]*)"
_NESTED = re.compile(_MARKS + "{5,}", re.MULTILINE)
_MAX_COUNTS = (
    (re.compile(_MARKS + "{2}", re.MULTILINE), 50, "lists or quotes inside others"),
    (re.compile(r"\n"), 500, "line breaks"),
    (re.compile(r"\["), 100, "square brackets"),
    (re.compile(r"[*_]"), 300, "asterisks and underscores"),
    (re.compile(r"`"), 200, "backticks"),
    (re.compile(r"<"), 200, "“<” signs"),
    (re.compile(r"\\"), 300, "backslashes"),
)


def checked(source: str, length: int) -> str:
    """`source` with plain line ends and spaces. Raises MarkupError if it is beyond a limit."""
    source = with_plain_spaces(source)
    refuse_unshowable(source)
    if len(source) > length:
        raise MarkupError(
            f"This is {len(source):,} characters long, and at most {length:,} fit. Shorten it."
        )
    if _NESTED.search(source):
        raise MarkupError("These lists or quotes stand too deep in each other. Use fewer levels.")
    for mark, most, name in _MAX_COUNTS:
        if len(mark.findall(source)) > most:
            raise MarkupError(f"More than {most} {name} are too many here. Take some out.")
    return source


def with_plain_spaces(source: str) -> str:
    """`source` with `\\n` as line ends, and plain spaces."""
    return source.replace("\r\n", "\n").replace("\r", "\n").translate(_ODD_SPACES)


def refuse_unshowable(text: str) -> None:
    """Raise MarkupError for a text with a character that no page can show."""
    if match := _UNSHOWABLE.search(text):
        before = text[: match.start()].split()[-3:]
        place = f"after “{' '.join(before)}”" if before else "at its beginning"
        raise MarkupError(
            f"A character that cannot be shown stands {place}. Type that place again."
        )
