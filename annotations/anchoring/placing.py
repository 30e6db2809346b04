"""Where a span of the old text stands in the new, read off an alignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from annotations.anchoring.aligning import Alignment
from annotations.anchoring.shapes import Span

# In bits: what foreign tokens inside a span cost, each and for parting it at all.
PARTED = 1.0
ROOM = 0.5
SOME = 8
SLOPE = 0.15
REACH = 48
MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a new passage, and the share of the old words that came there, 0 to 1."""

    passage: int
    start: int
    end: int
    survived: float


def place(alignment: Alignment, passage: int, span: Span) -> Place | None:
    """The stretch of one new passage that holds most of a span's words, in their order.

    None if no word came, or nearly as many came to another passage: then both are parts of it.
    """
    old = alignment.old
    tokens = old.within(passage, span.start, span.end)
    if not tokens:
        return _place_blank(alignment, passage, span)
    telling = [i for i in tokens if old.is_word[i]] or list(tokens)
    best: Place | None = None
    rival = 0.0
    for pairs in _by_passage(alignment, tokens):
        kept = _chain(alignment, pairs, tokens)
        standing = {i for i, _ in kept}
        survived = sum(i in standing for i in telling) / len(telling)
        if best is None or survived > best.survived:
            rival = best.survived if best else 0.0
            best = _bounds(alignment, span, tokens, kept, survived)
        else:
            rival = max(rival, survived)
    return None if best is None or best.survived - rival < MARGIN else best


Pairs = list[tuple[int, int]]


def _by_passage(alignment: Alignment, tokens: range) -> list[Pairs]:
    found: dict[int, Pairs] = {}
    for i in tokens:
        if (j := alignment.to[i]) >= 0:
            found.setdefault(alignment.new.passage[j], []).append((i, j))
    return list(found.values())


def _chain(alignment: Alignment, pairs: Pairs, tokens: range) -> Pairs:
    """The pairs in order on both sides that tell most, less what parts them in the new text."""
    old = alignment.old
    total = [alignment.bits[old.ids[i]] for i, _ in pairs]
    before = [-1] * len(pairs)
    limit = SOME + ROOM * len(tokens)
    for b, (i, j) in enumerate(pairs):
        gain = 0.0
        for a in range(b - 1, max(-1, b - 1 - REACH), -1):
            if pairs[a][1] <= j:
                foreign = max(0, (j - alignment.last(pairs[a][0])) - (i - pairs[a][0]))
                worth = total[a] - _parting(foreign, limit)
                if worth > gain:
                    gain, before[b] = worth, a
                if not foreign:
                    break
        total[b] += gain
    at = max(range(len(pairs)), key=total.__getitem__)
    kept = []
    while at >= 0:
        kept.append(pairs[at])
        at = before[at]
    return _without_stray_marks(alignment, kept[::-1])


def _parting(foreign: int, limit: float) -> float:
    """What it costs, in bits, to span tokens that were not there; dear above the limit."""
    if not foreign:
        return 0.0
    return PARTED * log2(1 + foreign) + SLOPE * foreign + max(0.0, foreign - limit)


def _without_stray_marks(alignment: Alignment, pairs: Pairs) -> Pairs:
    """Without punctuation at either edge that other words part from what it belonged to."""
    old = alignment.old
    words = [at for at, (i, _) in enumerate(pairs) if old.is_word[i]]
    if not words:
        return pairs
    low, high = words[0], words[-1]
    while low and pairs[low - 1][1] == pairs[low][1] - 1:
        low -= 1
    while high + 1 < len(pairs) and pairs[high + 1][1] == alignment.last(pairs[high][0]) + 1:
        high += 1
    return pairs[low : high + 1]


def _bounds(
    alignment: Alignment, span: Span, tokens: Sequence[int], pairs: Pairs, survived: float
) -> Place:
    old, new = alignment.old, alignment.new
    (i1, j1), (i2, _) = pairs[0], pairs[-1]
    j2 = alignment.last(i2)
    start, end = new.start[j1], new.end[j2]
    passage = new.passage[j1]
    text = new.passages[passage]
    if i1 == tokens[0] and old.raw(i1) == new.raw(j1):
        start = max(0, start + span.start - old.start[i1])
    if i2 == tokens[-1] and old.raw(i2) == new.raw(j2):
        end = min(len(text), end + span.end - old.end[i2])
    written = old.passages[old.passage[i1]]
    if start < new.start[j1] and text[start : new.start[j1]] != written[span.start : old.start[i1]]:
        start = new.start[j1]
    if end > new.end[j2] and text[new.end[j2] : end] != written[old.end[i2] : span.end]:
        end = new.end[j2]
    return Place(passage, start, end, survived)


def _place_blank(alignment: Alignment, passage: int, span: Span) -> Place | None:
    """White space stands where the words beside it stand."""
    old, new = alignment.old, alignment.new
    text = old.passages[passage]
    after = old.within(passage, span.end, len(text)).start
    for i, edge in ((after - 1, old.end), (after, old.start)):
        if old.first[passage] <= i < old.first[passage + 1] and (j := alignment.to[i]) >= 0:
            there = new.end[j] if edge is old.end else new.start[j]
            start = there + span.start - edge[i]
            end = start + span.end - span.start
            written = new.passages[new.passage[j]]
            if start >= 0 and written[start:end] == text[span.start : span.end]:
                return Place(new.passage[j], start, end, 1.0)
    return None
