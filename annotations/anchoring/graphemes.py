"""The boundaries between visible characters (graphemes).

Python has no grapheme segmentation. This covers what occurs in prose: CRLF, combining and
enclosing marks, variation selectors, zero-width joiners and the emoji they join, skin tones,
tag sequences, pairs of regional indicators and Hangul syllables made of jamo. It does not cover
prepended marks (some Indic and Arabic signs) or conjuncts joined by a virama.
Rules after Unicode Standard Annex #29.
"""

import unicodedata

JOINER = "\u200d"


def is_boundary(text: str, at: int) -> bool:
    """Whether the text may be cut before the code point at `at`."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if before < "\u0300" and after < "\u0300":
        return (before, after) != ("\r", "\n")
    if _extends(after):
        return before in "\r\n"
    if before == JOINER:
        return not _is_pictographic(after)
    if _is_regional(before) and _is_regional(after):
        return _regionals_before(text, at) % 2 == 0
    return not _is_one_syllable(before, after)


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest span around this one that cuts no grapheme."""
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    return start, end


def _extends(char: str) -> bool:
    return (
        char in (JOINER, "\u200c")
        or unicodedata.category(char) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _is_pictographic(char: str) -> bool:
    return char >= "\u2190" and unicodedata.category(char) in ("So", "Sm", "Cn")


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _regionals_before(text: str, at: int) -> int:
    start = at
    while start and _is_regional(text[start - 1]):
        start -= 1
    return at - start


def _is_one_syllable(before: str, after: str) -> bool:
    leading = "\u1100" <= before <= "\u115f"
    vowel = "\u1160" <= before <= "\u11a7"
    trailing = "\u11a8" <= before <= "\u11ff"
    syllable = "\uac00" <= before <= "\ud7a3"
    open_syllable = syllable and (ord(before) - 0xAC00) % 28 == 0
    if "\u1100" <= after <= "\u115f" or "\uac00" <= after <= "\ud7a3":
        return leading
    if "\u1160" <= after <= "\u11a7":
        return leading or vowel or open_syllable
    return "\u11a8" <= after <= "\u11ff" and (vowel or trailing or syllable)
