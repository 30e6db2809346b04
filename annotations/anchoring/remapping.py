"""Carrying every anchor of an essay through an edit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from annotations.anchoring.aligning import Alignment
from annotations.anchoring.graphemes import is_boundary, widen
from annotations.anchoring.pairing import continued, majority
from annotations.anchoring.placing import Place, place
from annotations.anchoring.searching import Index, likeness
from annotations.anchoring.shapes import AnchorRecord, AnchorState, Candidate, Outcome, Quote, Span
from annotations.anchoring.words import Words

SURVIVED = 0.5
DRIFTED = 1 / 3
FLOOR = 0.85
MARGIN = 0.1
CHANCE = 1e-3
UNCLAIMED = 0.8
OFFERED = 3


def remap(
    old: Sequence[str],
    new: Sequence[str],
    anchors: Sequence[AnchorRecord],
    *,
    same: Mapping[int, int] | None = None,
) -> list[Outcome]:
    """Say where each anchor stands after an edit; one outcome for each, in their order.

    `same` maps new passages to the old ones they continue, where that is known; otherwise it
    is derived. The words are compared with the anchor's quote, white space aside, the passage
    with the anchor's passage before this edit. Who edits a text many times and wants to know
    what became of the words as first written gives the first quote each time.

    An anchor on a whole passage is kept if the passage is continued, moved if another took in
    most of its words, and orphaned otherwise; its offsets are 0 and 0.

    Time and memory grow with the length of both texts and of the anchors' spans; only a
    stretch that was rewritten beyond recognition costs the product of its two lengths.
    Raises ValueError if an anchor's span is not in the old text.
    """
    edit = _Edit(old, new, same)
    known: dict[tuple[int, Span | None, Quote], Outcome] = {}
    outcomes = []
    for anchor in anchors:
        words = anchor.passage, anchor.span, anchor.quote
        if words not in known:
            known[words] = edit.outcome(anchor)
        outcomes.append(replace(known[words], id=anchor.id))
    return outcomes


class _Edit:
    def __init__(
        self, old: Sequence[str], new: Sequence[str], same: Mapping[int, int] | None
    ) -> None:
        names: dict[str, int] = {}
        self.old, self.new = old, new
        self.alignment = Alignment(Words(old, names), Words(new, names), names)
        if same is None:
            pairs = continued(self.alignment)
            same = {there: here for there, here in enumerate(pairs) if here is not None}
        self.same = same
        self.successor = {here: there for there, here in same.items()}
        self.index = Index(self.alignment.new, names, self.alignment.bits)
        unclaimed = [at for at, match in enumerate(self.alignment.back) if match < 0]
        self.unclaimed = len(unclaimed)
        self.came = {self.alignment.new.ids[at] for at in unclaimed}

    def outcome(self, anchor: AnchorRecord) -> Outcome:
        if not anchor.quote.exact:
            return self._whole(anchor)
        found: Candidate | None = None
        carried = None if anchor.span is None else self._carried(anchor, anchor.span)
        if carried is None or carried.survived <= SURVIVED:
            found = self._searched(anchor)
        else:
            found = self._verified(anchor, carried)
        if found is None:
            candidates = tuple(self.index.find(anchor.quote)[:OFFERED])
            return Outcome(anchor.id, AnchorState.ORPHANED, None, None, None, 0.0, candidates)
        return self._standing(anchor, found)

    def _whole(self, anchor: AnchorRecord) -> Outcome:
        there, state = self.successor.get(anchor.passage), AnchorState.KEPT
        if there is None and 0 <= anchor.passage < len(self.old):
            there, state = majority(self.alignment, anchor.passage), AnchorState.MOVED
        if there is None:
            return Outcome(anchor.id, AnchorState.ORPHANED, None, None, None, 0.0)
        return Outcome(anchor.id, state, there, 0, 0, 1.0)

    def _carried(self, anchor: AnchorRecord, span: Span) -> Place | None:
        here = anchor.passage
        if not 0 <= here < len(self.old) or not 0 <= span.start < span.end <= len(self.old[here]):
            raise ValueError(
                f"{anchor.id}: no words stand from {span.start} to {span.end} in passage {here}."
            )
        return place(self.alignment, here, span)

    def _verified(self, anchor: AnchorRecord, found: Place) -> Candidate | None:
        """The place, cutting no grapheme anew, if its words still have to do with the quote."""
        assert anchor.span is not None
        was, text = self.old[anchor.passage], self.new[found.passage]
        start, end = widen(text, found.start, found.end)
        if not is_boundary(was, anchor.span.start):
            start = found.start
        if not is_boundary(was, anchor.span.end):
            end = found.end
        quoted, words = anchor.quote.exact, text[start:end]
        score = likeness(quoted, words)
        if score < DRIFTED and quoted != was[anchor.span.start : anchor.span.end]:
            return None
        return Candidate(found.passage, start, end, score)

    def _searched(self, anchor: AnchorRecord) -> Candidate | None:
        """The one place the quote can mean among words that came with this edit."""
        back = self.alignment.back
        mine: range | tuple[()] = ()
        if anchor.span is not None:
            mine = self.alignment.old.within(anchor.passage, anchor.span.start, anchor.span.end)

        def is_free(at: int) -> bool:
            return back[at] < 0 or back[at] in mine

        if not self._may_be_new(anchor.quote.exact, mine):
            return None
        found = []
        for one in self.index.find(anchor.quote, is_free):
            inside = self.alignment.new.within(one.passage, one.start, one.end)
            if sum(map(is_free, inside)) >= UNCLAIMED * len(inside):
                found.append(one)
        if not found or found[0].score < FLOOR:
            return None
        if len(found) > 1 and found[0].score - found[1].score < MARGIN:
            return None
        bits = self.index.telling(anchor.quote.exact)
        return found[0] if self.unclaimed * 2.0**-bits < CHANCE else None

    def _may_be_new(self, words: str, mine: range | tuple[()]) -> bool:
        """Whether enough of the words are among those that came with this edit."""
        own = {self.alignment.old.ids[at] for at in mine if self.alignment.to[at] >= 0}
        tokens = self.index.tokens(words)
        known = sum(token in self.came or token in own for token in tokens)
        return known > SURVIVED * len(tokens)

    def _standing(self, anchor: AnchorRecord, found: Candidate) -> Outcome:
        words = self.new[found.passage][found.start : found.end]
        state = AnchorState.CHANGED
        if words.split() == anchor.quote.exact.split():
            stays = self.same.get(found.passage) == anchor.passage
            state = AnchorState.KEPT if stays else AnchorState.MOVED
        return Outcome(anchor.id, state, found.passage, found.start, found.end, found.score)
