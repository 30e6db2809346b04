"""Guess which words of a passage a footnote is about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from essays.importing.footnotes import marks_in, with_marks_as
from essays.markup import Rendered, render_passage
from essays.markup.tokens import tokens_of

MAX_WORDS = 6
_MAX_PHRASE_LENGTH = 120
# Shorter words at the start of a shortened phrase are left out.
_MIN_WORD_LENGTH = 3
_PHRASES = frozenset({"em", "strong", "cite", "q", "a", "b", "i"})
# Points and commas separate words only before a space: not in 3.5 or e.g.
_PARTS = re.compile(r"""[.,;:!?…]{1,9}["”’'»)\]]{0,9}(?:\s|\Z)|[—–()\[\]“”"«»„\n]|\s[-‒]\s""")
_CLOSING = " \t\n.,;:!?…\"”’'»)]—–"
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(frozen=True)
class PlacedMark:
    """A footnote mark and the words it is about, in code points of the passage's text.

    `at` is the place of the mark; 0 to 0 is the whole passage.
    """

    label: str
    at: int
    start: int
    end: int


def place_marks(source: str, kind: str, *, smart: bool) -> tuple[Rendered, list[PlacedMark]]:
    """The rendered passage without marks, and the words that each mark is about.

    Raises MarkupError.
    """
    marks = marks_in(source)
    rendered = render_passage(with_marks_as(source, [""] * len(marks)), kind, smart=smart)
    if not marks:
        return rendered, []
    signs = [sign for sign in map(chr, _PRIVATE_USE) if sign not in source][: len(marks)]
    signed = render_passage(with_marks_as(source, signs), kind, smart=smart)
    places = _places(signed.html, frozenset(signs))
    placed = []
    for mark, sign in zip(marks, signs, strict=True):
        at, phrase = places.get(sign, (0, None))
        at = min(at, len(rendered.text))
        start, end = phrase or words_before(rendered.text, at)
        placed.append(PlacedMark(mark.label, at, start, min(end, len(rendered.text))))
    return rendered, placed


def _places(html: str, signs: frozenset[str]) -> Mapping[str, tuple[int, tuple[int, int] | None]]:
    """The place of each sign in the text without signs, and the phrase that ends there."""
    places: dict[str, tuple[int, tuple[int, int] | None]] = {}
    opened: list[int] = []
    phrase: tuple[int, int] | None = None
    at = 0
    for token in tokens_of(html):
        if token.kind == "open":
            opened.append(at)
            phrase = None
        elif token.kind == "close":
            start = opened.pop() if opened else at
            short = token.name in _PHRASES and 0 < at - start <= _MAX_PHRASE_LENGTH
            phrase = (start, at) if short else None
        for char in token.text:
            if char in signs:
                places[char] = (at, phrase)
            else:
                at += 1
                phrase = None
    return places


def words_before(text: str, at: int) -> tuple[int, int]:
    """The words before `at`, back to the last point or comma, at most MAX_WORDS.

    0 and 0 if there are none.
    """
    end = len(text[:at].rstrip(_CLOSING))
    if not end:
        return 0, 0
    start = max((part.end() for part in _PARTS.finditer(text, 0, end)), default=0)
    words = list(re.finditer(r"\S+", text[start:end]))
    if len(words) > MAX_WORDS:
        words = words[-MAX_WORDS:]
        while len(words) > 1 and len(words[0][0]) <= _MIN_WORD_LENGTH:
            del words[0]
    return start + words[0].start(), end
