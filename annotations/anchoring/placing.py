"""The place of an old span in the new text, read off an alignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from annotations.anchoring.aligning import Alignment
from annotations.anchoring.searching import densest
from annotations.anchoring.shapes import Span

# In bits: the cost of foreign tokens inside a span, in all and for each; beyond the free ones
# each costs a whole bit more.
COST_OF_GAP = 1.0
FREE_TOKENS_PER_TOKEN = 0.5
FREE_TOKENS = 8
COST_PER_TOKEN = 0.15
MAX_LOOKBACK = 48
MIN_LEAD = 0.1
# Of a quote whose parts changed places: the share that must stand together, and the foreign tokens
# between them for each of its own.
MIN_TOGETHER, MIN_TOGETHER_LEAD = 0.6, 0.25
MAX_FOREIGN = 0.25


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a new passage, and the share of the old words that it has, 0 to 1."""

    passage: int
    start: int
    end: int
    survived: float


def place(
    alignment: Alignment, passage: int, span: Span, quoted: Sequence[int] | None = None
) -> Place | None:
    """The part of one new passage with most of a span's words.

    They stand in their order, or nearly without other words between them. Only the tokens in
    `quoted` count, if given. None if no word is left, or if another passage has nearly as many.
    """
    old = alignment.old
    tokens = quoted or old.within(passage, span.start, span.end)
    if not tokens:
        return _place_blank(alignment, passage, span)
    if quoted:
        span = Span(max(span.start, old.start[quoted[0]]), min(span.end, old.end[quoted[-1]]))
    words = [i for i in tokens if old.is_word[i]] or list(tokens)
    best: Place | None = None
    rival = 0.0
    for pairs in _by_passage(alignment, tokens):
        chain = _chain(alignment, pairs, tokens)
        survived = _share(chain, words)
        if survived + MIN_TOGETHER_LEAD < 1:
            together = _together(alignment, pairs)
            share = _share(together, words)
            if share > max(MIN_TOGETHER, survived + MIN_TOGETHER_LEAD):
                chain, survived = together, share
        if best is None or survived > best.survived:
            rival = best.survived if best else 0.0
            best = _bounds(alignment, span, tokens, chain, survived)
        else:
            rival = max(rival, survived)
    return None if best is None or best.survived - rival < MIN_LEAD else best


Pairs = list[tuple[int, int]]


def _share(pairs: Pairs, words: Sequence[int]) -> float:
    surviving = {i for i, _ in pairs}
    return sum(i in surviving for i in words) / len(words)


def _together(alignment: Alignment, pairs: Pairs) -> Pairs:
    """The pairs that stand together in the new text, in its order; none if others are between."""
    ordered = sorted(pairs, key=lambda pair: pair[1])
    first, last = densest(ordered)
    inside = ordered[ordered.index(first) : ordered.index(last) + 1]
    covered = {j for i, at in inside for j in range(at, alignment.last(i) + 1)}
    foreign = last[1] - first[1] + 1 - len(covered)
    return inside if foreign <= MAX_FOREIGN * len(inside) else []


def _by_passage(alignment: Alignment, tokens: Sequence[int]) -> list[Pairs]:
    pairs: dict[int, Pairs] = {}
    for i in tokens:
        if (j := alignment.to[i]) >= 0:
            pairs.setdefault(alignment.new.passage[j], []).append((i, j))
    return list(pairs.values())


def _chain(alignment: Alignment, pairs: Pairs, tokens: Sequence[int]) -> Pairs:
    """The pairs, in order on both sides, with most information less the cost of gaps."""
    old = alignment.old
    total = [alignment.bits[old.ids[i]] for i, _ in pairs]
    before = [-1] * len(pairs)
    limit = FREE_TOKENS + FREE_TOKENS_PER_TOKEN * len(tokens)
    for b, (i, j) in enumerate(pairs):
        gain = 0.0
        for a in range(b - 1, max(-1, b - 1 - MAX_LOOKBACK), -1):
            if pairs[a][1] <= j:
                foreign = max(0, (j - alignment.last(pairs[a][0])) - (i - pairs[a][0]))
                worth = total[a] - _cost_of(foreign, limit)
                if worth > gain:
                    gain, before[b] = worth, a
                if not foreign:
                    break
        total[b] += gain
    at = max(range(len(pairs)), key=total.__getitem__)
    chain = []
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return _without_stray_marks(alignment, chain[::-1])


def _cost_of(foreign: int, limit: float) -> float:
    """The cost, in bits, of foreign tokens inside a span."""
    if not foreign:
        return 0.0
    return COST_OF_GAP * log2(1 + foreign) + COST_PER_TOKEN * foreign + max(0.0, foreign - limit)


def _without_stray_marks(alignment: Alignment, pairs: Pairs) -> Pairs:
    """The pairs without punctuation at the edges that other words separate from its word."""
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
    """The place of white space, next to the words beside it."""
    old, new = alignment.old, alignment.new
    text = old.passages[passage]
    after = old.within(passage, span.end, len(text)).start
    for i, edge in ((after - 1, old.end), (after, old.start)):
        if old.first[passage] <= i < old.first[passage + 1] and (j := alignment.to[i]) >= 0:
            new_edge = new.end[j] if edge is old.end else new.start[j]
            start = new_edge + span.start - edge[i]
            end = start + span.end - span.start
            written = new.passages[new.passage[j]]
            if start >= 0 and written[start:end] == text[span.start : span.end]:
                return Place(new.passage[j], start, end, 1.0)
    return None
