"""The boundaries between visible characters (grapheme clusters, Unicode Standard Annex #29)."""

import regex

GRAPHEME = regex.compile(r"\X")
# Before these a new cluster begins whatever stands before them, but for "\r\n".
PLAIN = "\u0300"
MAX_LOOKBACK = 64


def is_boundary(text: str, at: int) -> bool:
    """Whether the text may be cut before the code point at `at`."""
    if at <= 0 or at >= len(text):
        return True
    if text[at] < PLAIN and text[at] != "\u00ad":
        return text[at - 1 : at + 1] != "\r\n"
    start = at - 1
    while start > max(0, at - MAX_LOOKBACK) and text[start] >= PLAIN:
        start -= 1
    return any(match.start() == at for match in GRAPHEME.finditer(text, start, at + 1))


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest span around this one that cuts no grapheme."""
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    return start, end
