"""Carrying every anchor of an essay through an edit."""

from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Indel

from annotations.anchoring.aligning import Alignment
from annotations.anchoring.graphemes import is_boundary, widen
from annotations.anchoring.pairing import continued, majority
from annotations.anchoring.placing import place
from annotations.anchoring.searching import Index
from annotations.anchoring.shapes import Anchor, Candidate, Outcome, State
from annotations.anchoring.words import TOKEN, Words, fold

SURVIVED = 0.5
DRIFTED = 0.35
FLOOR = 0.85
MARGIN = 0.1
CHANCE = 1e-3
OFFERED = 3


def remap(
    old: Sequence[str],
    new: Sequence[str],
    anchors: Sequence[Anchor],
    *,
    same: Mapping[int, int] | None = None,
) -> list[Outcome]:
    """Say where each anchor stands after an edit; one outcome for each, in their order.

    `same` maps new passages to the old ones they continue, where that is known; otherwise it
    is derived. The words are compared with the quote, the passage with the anchor's passage
    before this edit. Time and memory grow in proportion to the length of both texts and of the
    anchors' spans; stretches rewritten beyond recognition cost the product of their lengths.

    Raises ValueError if an anchor's span or passage is not in the old text.
    """
    return _Edit(old, new, same).outcomes(anchors)


class _Edit:
    def __init__(
        self, old: Sequence[str], new: Sequence[str], same: Mapping[int, int] | None
    ) -> None:
        names: dict[str, int] = {}
        self.old, self.new = old, new
        self.alignment = Alignment(Words(old, names), Words(new, names), names)
        if same is None:
            pairs = continued(self.alignment)
            same = {new: old for new, old in enumerate(pairs) if old is not None}
        self.same = same
        self.successor = {old: new for new, old in same.items()}
        self.index = Index(self.alignment.new, names, self.alignment.bits)

    def outcomes(self, anchors: Sequence[Anchor]) -> list[Outcome]:
        return [self._outcome(anchor) for anchor in anchors]

    def _outcome(self, anchor: Anchor) -> Outcome:
        self._check(anchor)
        if not anchor.quote.exact:
            return self._whole(anchor)
        found = self._carried(anchor) or self._searched(anchor)
        if found is None:
            candidates = tuple(self.index.find(anchor.quote)[:OFFERED])
            return Outcome(anchor.id, State.ORPHANED, None, None, None, 0.0, candidates)
        return self._standing(anchor, found)

    def _check(self, anchor: Anchor) -> None:
        if not 0 <= anchor.passage < len(self.old):
            raise ValueError(f"{anchor.id}: there is no passage {anchor.passage}.")
        span, size = anchor.span, len(self.old[anchor.passage])
        if span and anchor.quote.exact and not 0 <= span.start < span.end <= size:
            raise ValueError(
                f"{anchor.id}: no words stand from {span.start} to {span.end} "
                f"in passage {anchor.passage}."
            )

    def _whole(self, anchor: Anchor) -> Outcome:
        there = self.successor.get(anchor.passage)
        if there is not None:
            return Outcome(anchor.id, State.KEPT, there, 0, 0, 1.0)
        there = majority(self.alignment, anchor.passage)
        if there is not None:
            return Outcome(anchor.id, State.MOVED, there, 0, 0, 1.0)
        return Outcome(anchor.id, State.ORPHANED, None, None, None, 0.0)

    def _carried(self, anchor: Anchor) -> Candidate | None:
        """Where the alignment takes the words, if most of them and something of the quote."""
        if anchor.span is None:
            return None
        found = place(self.alignment, anchor.passage, anchor.span)
        if found is None or found.survived <= SURVIVED:
            return None
        text, was = self.new[found.passage], self.old[anchor.passage]
        start, end = found.start, found.end
        around = widen(text, start, end)
        if is_boundary(was, anchor.span.start):
            start = around[0]
        if is_boundary(was, anchor.span.end):
            end = around[1]
        words = text[start:end]
        score = Indel.normalized_similarity(anchor.quote.exact, words)
        if words != was[anchor.span.start : anchor.span.end] and score < DRIFTED:
            return None
        return Candidate(found.passage, start, end, score)

    def _searched(self, anchor: Anchor) -> Candidate | None:
        """The one new place, claimed by no other old words, that the quote must mean."""
        mine: range | tuple[()] = ()
        if anchor.span is not None:
            mine = self.alignment.old.within(anchor.passage, anchor.span.start, anchor.span.end)
        back = self.alignment.back
        found = self.index.find(anchor.quote, lambda at: back[at] < 0 or back[at] in mine)
        found = [one for one in found if self._is_unclaimed(one, mine)]
        if not found or found[0].score < FLOOR:
            return None
        rivals = [one.score for one in found[1:]]
        if rivals and found[0].score - rivals[0] < MARGIN:
            return None
        return found[0] if self._is_telling(anchor) else None

    def _is_unclaimed(self, found: Candidate, mine: range | tuple[()]) -> bool:
        back = self.alignment.back
        inside = self.alignment.new.within(found.passage, found.start, found.end)
        free = sum(back[at] < 0 or back[at] in mine for at in inside)
        return free > 0.8 * len(inside)

    def _is_telling(self, anchor: Anchor) -> bool:
        """Whether words like these would hardly stand there by chance."""
        names, bits = self.index.names, self.alignment.bits
        tokens = [names.get(fold(m.group())) for m in TOKEN.finditer(anchor.quote.exact)]
        weight = sum(bits[token] for token in tokens if token is not None)
        free = self.alignment.back.count(-1)
        return free * 2.0**-weight < CHANCE

    def _standing(self, anchor: Anchor, found: Candidate) -> Outcome:
        words = self.new[found.passage][found.start : found.end]
        state = State.CHANGED
        if words.split() == anchor.quote.exact.split():
            stays = self.same.get(found.passage) == anchor.passage
            state = State.KEPT if stays else State.MOVED
        return Outcome(anchor.id, state, found.passage, found.start, found.end, found.score)
