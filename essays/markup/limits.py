"""Limits of a text, checked before it is parsed.

Python-Markdown takes quadratic time for some marks and recurses on nested ones, so their number
is limited: a text within the limits is rendered in a fraction of a second.
"""

import re

from essays.markup.errors import MarkupError

PASSAGE_LENGTH = 20_000
GLOSS_LENGTH = 5_000
NOTE_LENGTH = 5_000
ADDRESS_LENGTH = 2_500

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
    (re.compile(r"&"), 1_000, "“&” signs"),
    (re.compile(r"[\"']|--|\.\.\."), 1_500, "quotes, apostrophes, “--” and “...”"),
)
# HTML has no character with such a number, and Python reads no number of thousands of digits.
_LONG_REFERENCE = re.compile(r"&#(?:\d{8}|[xX][0-9a-fA-F]{7})")
_ESCAPED = re.compile(r"\\.", re.DOTALL)
# The parser looks from each of these for the one that closes it, through all the text if need be.
_MAX_OPEN = (("[", "]", 8, "square brackets"), ("<", ">", 40, "“<” signs"))


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
    if match := _LONG_REFERENCE.search(source):
        raise MarkupError(f"“{match[0]}…” stands for no character. Take it out.")
    for mark, most, name in _MAX_COUNTS:
        if len(mark.findall(source)) > most:
            raise MarkupError(f"More than {most:,} {name} are too many here. Take some out.")
    unescaped = _ESCAPED.sub("", source)
    for opening, closing, most, name in _MAX_OPEN:
        if _most_open(unescaped, opening, closing) > most:
            raise MarkupError(
                f"More than {most} {name} stand open at once. Close each with “{closing}”, or "
                f"write “\\{opening}” where it is a sign by itself."
            )
    return source


def _most_open(source: str, opening: str, closing: str) -> int:
    """How many openings come before their closings, at most; closings of nothing do not count."""
    still_open = most = 0
    for sign in re.findall(f"[{re.escape(opening + closing)}]", source):
        still_open = still_open + 1 if sign == opening else max(0, still_open - 1)
        most = max(most, still_open)
    return most


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
