"""Describing a span by its words, and finding a text's span from such a description."""

from collections.abc import Iterator

from annotations.anchoring.searching import Index, resemblance
from annotations.anchoring.shapes import Quote, Span
from annotations.anchoring.words import Words, surprise

CONTEXT = 32
FLOOR = 0.8
MARGIN = 0.1
RIVAL = 0.05


def describe(text: str, span: Span) -> Quote:
    """The words of a span with just enough around them to tell it from every other span.

    Prefix and suffix have 32 code points and are doubled until the three together stand once
    in the text, at worst until they are the whole of it. Where less can be stored, keep the
    part next to the words, and the span's start as the hint for `locate`. The span 0 to 0
    describes a whole passage. Raises ValueError for any other span that holds nothing or
    leaves the text.
    """
    if span == Span(0, 0):
        return Quote("")
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"No words stand from {span.start} to {span.end} in this text.")
    size = CONTEXT
    while True:
        low, high = max(0, span.start - size), min(len(text), span.end + size)
        around = text[low:high]
        if (low == 0 and high == len(text)) or text.find(around, text.find(around) + 1) < 0:
            return Quote(text[span.start : span.end], text[low : span.start], text[span.end : high])
        size *= 2


def locate(quote: Quote, text: str, hint: int | None = None) -> Span | None:
    """Find a quote in a text, or None if it is not there or several places fit alike.

    `locate(describe(text, span), text)` is that span. Words that stand as quoted are told
    apart by their context, then by nearness to `hint`, the code point where they are supposed
    to start. Words that do not are found if one place is much like them and no other close.
    """
    if not quote.exact:
        return Span(0, 0)
    size = len(quote.exact)
    whole = quote.prefix + quote.exact + quote.suffix
    starts = [at + len(quote.prefix) for at in occurrences(whole, text)]
    if not starts:
        starts = _most_alike(quote, text, list(occurrences(quote.exact, text)))
    if not starts:
        return _locate_alike(quote, text)
    if len(starts) > 1 and hint is not None:
        nearest = min(abs(at - hint) for at in starts)
        starts = [at for at in starts if abs(at - hint) == nearest]
    return Span(starts[0], starts[0] + size) if len(starts) == 1 else None


def occurrences(words: str, text: str) -> Iterator[int]:
    """Where words start in a text, overlaps included."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _most_alike(quote: Quote, text: str, starts: list[int]) -> list[int]:
    size = len(quote.exact)
    scores = {at: resemblance(quote, text, at, at + size) for at in starts}
    best = max(scores.values(), default=0.0)
    return [at for at in starts if scores[at] > best - RIVAL]


def _locate_alike(quote: Quote, text: str) -> Span | None:
    names: dict[str, int] = {}
    words = Words([text], names)
    found = Index(words, names, surprise(names, words)).find(quote)
    if not found or found[0].score < FLOOR:
        return None
    if len(found) > 1 and found[0].score - found[1].score < MARGIN:
        return None
    return Span(found[0].start, found[0].end)
