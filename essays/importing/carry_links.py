"""Which words of a passage carry a footnote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from essays.importing.footnotes import marks_in, with_marks_as
from essays.markup import Rendered, render_passage
from essays.markup.tokens import tokens_of

MOST_WORDS = 6
_LONGEST_PHRASE = 120
# A word at the edge of a phrase that was cut off says nothing by itself.
_LITTLE = 3
_PHRASES = frozenset({"em", "strong", "cite", "q", "a", "b", "i"})
# Points and commas part words only where a space follows: not in 3.5 or e.g.
_PARTS = re.compile(r"""[.,;:!?…]{1,9}["”’'»)\]]{0,9}(?:\s|\Z)|[—–()\[\]“”"«»„\n]|\s[-‒]\s""")
_CLOSING = " \t\n.,;:!?…\"”’'»)]—–"
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(frozen=True)
class Carried:
    """A footnote's mark and the words it is about: code points of the passage's text.

    `at` is where the mark stood; 0 to 0 is the whole passage.
    """

    label: str
    at: int
    start: int
    end: int


def carry_marks(source: str, kind: str, *, smart: bool) -> tuple[Rendered, list[Carried]]:
    """A passage as readers see it, without marks; and the words that each mark is about.

    Raises MarkupError.
    """
    marks = marks_in(source)
    rendered = render_passage(with_marks_as(source, [""] * len(marks)), kind, smart=smart)
    if not marks:
        return rendered, []
    signs = [sign for sign in map(chr, _PRIVATE_USE) if sign not in source][: len(marks)]
    signed = render_passage(with_marks_as(source, signs), kind, smart=smart)
    places = _places(signed.html, frozenset(signs))
    carried = []
    for mark, sign in zip(marks, signs, strict=True):
        at, phrase = places.get(sign, (0, None))
        at = min(at, len(rendered.text))
        start, end = phrase or words_before(rendered.text, at)
        carried.append(Carried(mark.label, at, start, min(end, len(rendered.text))))
    return rendered, carried


def _places(html: str, signs: frozenset[str]) -> Mapping[str, tuple[int, tuple[int, int] | None]]:
    """Where each sign stands in the text without signs, and the phrase that ends right there."""
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
            short = token.name in _PHRASES and 0 < at - start <= _LONGEST_PHRASE
            phrase = (start, at) if short else None
        for char in token.text:
            if char in signs:
                places[char] = (at, phrase)
            else:
                at += 1
                phrase = None
    return places


def words_before(text: str, at: int) -> tuple[int, int]:
    """The words that end before `at`: back to the last point or comma, at most MOST_WORDS.

    0 and 0 where there are none.
    """
    end = len(text[:at].rstrip(_CLOSING))
    if not end:
        return 0, 0
    start = max((found.end() for found in _PARTS.finditer(text, 0, end)), default=0)
    words = list(re.finditer(r"\S+", text[start:end]))
    if len(words) > MOST_WORDS:
        words = words[-MOST_WORDS:]
        while len(words) > 1 and len(words[0][0]) <= _LITTLE:
            del words[0]
    return start + words[0].start(), end
