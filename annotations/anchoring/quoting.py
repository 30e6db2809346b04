"""Describe a span by its words and context, and find it again from such a quote."""

from collections.abc import Iterator

from annotations.anchoring.searching import Index, resemblance
from annotations.anchoring.shapes import Quote, Span
from annotations.anchoring.words import Words, surprise

CONTEXT_LENGTH = 32
MIN_SCORE = 0.8
MIN_LEAD = 0.1
MAX_DIFFERENCE = 0.05


def describe(text: str, span: Span) -> Quote:
    """The words of a span with enough context to make the quote unique in the text.

    Prefix and suffix have 32 code points, doubled until the three together occur once in the
    text. If less can be stored, keep the part next to the words, and the span's start as the hint
    for `locate`. The span 0 to 0 is a whole passage. Raises ValueError for any other span that is
    empty or outside the text.
    """
    if span == Span(0, 0):
        return Quote("")
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"No words stand from {span.start} to {span.end} in this text.")
    size = CONTEXT_LENGTH
    while True:
        low, high = max(0, span.start - size), min(len(text), span.end + size)
        around = text[low:high]
        if (low == 0 and high == len(text)) or text.find(around, text.find(around) + 1) < 0:
            return Quote(text[span.start : span.end], text[low : span.start], text[span.end : high])
        size *= 2


def locate(quote: Quote, text: str, hint: int | None = None) -> Span | None:
    """The span of a quote in a text; None if there is no such place, or no best one.

    `locate(describe(text, span), text)` is that span. Among several exact places the context
    decides, then the distance to `hint`, the code point where the words are expected. Without an
    exact place the most similar one counts, if it is clearly better than the others.
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
    """The starts of all places of `words` in a text, also overlapping ones."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _most_alike(quote: Quote, text: str, starts: list[int]) -> list[int]:
    size = len(quote.exact)
    scores = {at: resemblance(quote, text, at, at + size) for at in starts}
    best = max(scores.values(), default=0.0)
    return [at for at in starts if scores[at] > best - MAX_DIFFERENCE]


def _locate_alike(quote: Quote, text: str) -> Span | None:
    names: dict[str, int] = {}
    words = Words([text], names)
    candidates = Index(words, names, surprise(names, words)).find(quote)
    if not candidates or candidates[0].score < MIN_SCORE:
        return None
    if len(candidates) > 1 and candidates[0].score - candidates[1].score < MIN_LEAD:
        return None
    return Span(candidates[0].start, candidates[0].end)
