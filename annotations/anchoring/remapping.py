"""Find the place of every anchor of an essay after an edit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from annotations.anchoring.aligning import Alignment
from annotations.anchoring.graphemes import is_boundary, widen
from annotations.anchoring.originals import quoted_tokens, verbatim
from annotations.anchoring.pairing import continued, majority
from annotations.anchoring.placing import Place, place
from annotations.anchoring.quoting import occurrences
from annotations.anchoring.searching import Index, likeness, places_in
from annotations.anchoring.shapes import AnchorRecord, AnchorState, Candidate, Outcome, Quote, Span
from annotations.anchoring.words import Words

MIN_SURVIVING = 0.5
MIN_LIKENESS = 1 / 3
MIN_SCORE = 0.85
MIN_LEAD = 0.1
MAX_EXPECTED_BY_CHANCE = 1e-3
MIN_UNMATCHED = 0.8
MAX_CANDIDATES = 3
MIN_VERBATIM_WORDS = 5


def remap(
    old: Sequence[str],
    new: Sequence[str],
    anchors: Sequence[AnchorRecord],
    *,
    same: Mapping[int, int] | None = None,
) -> list[Outcome]:
    """The outcome for each anchor after an edit, in the same order.

    `same` maps new passages to the old ones they continue; without it, `pair` finds them. The
    state compares the words with the anchor's quote, except white space, and the passage with the
    anchor's passage before this edit. After several edits, pass the words of today as the quote and
    those that were quoted first as the original: where they stand again, the anchor is.

    An anchor on a whole passage is kept if the passage is continued, moved if another has most of
    its words now, and orphaned otherwise; its offsets are 0 and 0.

    Time and memory grow with the length of both texts and of the anchors' spans; only a stretch
    that was completely rewritten costs the product of its two lengths. Raises ValueError if an
    anchor's span is not in the old text.
    """
    edit = _Edit(old, new, same)
    known: dict[tuple[int, Span | None, Quote, Quote | None], Outcome] = {}
    outcomes = []
    for anchor in anchors:
        words = anchor.passage, anchor.span, anchor.quote, anchor.original
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
            same = {
                new_index: old_index
                for new_index, old_index in enumerate(pairs)
                if old_index is not None
            }
        self.same = same
        self.successor = {o: n for n, o in same.items()}
        self.index = Index(self.alignment.new, names, self.alignment.bits)
        unclaimed = [at for at, match in enumerate(self.alignment.back) if match < 0]
        self.unclaimed = len(unclaimed)
        self.added = {self.alignment.new.ids[at] for at in unclaimed}

    @cached_property
    def old_places(self) -> dict[int, list[int]]:
        return places_in(self.alignment.old)

    def outcome(self, anchor: AnchorRecord) -> Outcome:
        if not anchor.quote.exact:
            return self._whole(anchor)
        candidate: Candidate | None = None
        aligned = None if anchor.span is None else self._aligned_place(anchor, anchor.span)
        if aligned is not None and aligned.survived > MIN_SURVIVING:
            candidate = self._verified(anchor, aligned)
        if self._words(candidate) != (anchor.original or anchor.quote).exact:
            candidate = self._verbatim(anchor, candidate) or candidate
        if candidate is None and (aligned is None or aligned.survived <= MIN_SURVIVING):
            candidate = self._searched(anchor)
        if candidate is None:
            candidates = tuple(self.index.find(anchor.quote)[:MAX_CANDIDATES])
            return Outcome(anchor.id, AnchorState.ORPHANED, None, None, None, 0.0, candidates)
        return self._outcome_at(anchor, candidate)

    def _whole(self, anchor: AnchorRecord) -> Outcome:
        new_index, state = self.successor.get(anchor.passage), AnchorState.KEPT
        if new_index is None and 0 <= anchor.passage < len(self.old):
            new_index, state = majority(self.alignment, anchor.passage), AnchorState.MOVED
        if new_index is None:
            return Outcome(anchor.id, AnchorState.ORPHANED, None, None, None, 0.0)
        return Outcome(anchor.id, state, new_index, 0, 0, 1.0)

    def _aligned_place(self, anchor: AnchorRecord, span: Span) -> Place | None:
        index = anchor.passage
        length = len(self.old[index]) if 0 <= index < len(self.old) else 0
        if not 0 <= span.start < span.end <= length:
            raise ValueError(
                f"{anchor.id}: no words stand from {span.start} to {span.end} in passage {index}."
            )
        return place(self.alignment, index, span, self._quoted(anchor, span))

    def _quoted(self, anchor: AnchorRecord, span: Span) -> list[int] | None:
        """The old tokens that are, or stand for, the words quoted first; None means all."""
        if anchor.original is None:
            return None
        old = self.alignment.old
        tokens = old.within(anchor.passage, span.start, span.end)
        first = self.index.tokens(anchor.original.exact)
        return [tokens[at] for at in quoted_tokens(first, [old.ids[at] for at in tokens])]

    def _words(self, place: Candidate | None) -> str:
        return self.new[place.passage][place.start : place.end] if place else ""

    def _verbatim(self, anchor: AnchorRecord, candidate: Candidate | None) -> Candidate | None:
        """The only place where the words first quoted are back, or today's words stand."""
        first = anchor.original or (anchor.quote if anchor.span is None else None)
        if first is not None:
            if candidate is not None and (shrunk := self._shrunk(first.exact, candidate)):
                return shrunk
            before, after = self._standing(first.exact)
            here = [one for one in after if candidate and _overlap(candidate, one)]
            if len(here) == 1:
                return here[0]
            was_edited = self._words(candidate) != anchor.quote.exact
            if was_edited and not before and len(after) == 1 and self._is_long(first.exact):
                return after[0]
        if anchor.span is None or not self._is_long(anchor.quote.exact):
            return None
        before, after = self._standing(anchor.quote.exact)
        if len(before) != 1 or len(after) != 1:
            return None
        return None if candidate and _contains(candidate, after[0]) else after[0]

    def _standing(self, words: str) -> tuple[list[Candidate], list[Candidate]]:
        """All places of words in the old text and in the new one."""
        tokens = self.index.tokens(words)
        old, new = self.alignment.old, self.alignment.new
        return (
            [_stretch(old, at, len(tokens)) for at in verbatim(old, self.old_places, tokens)],
            [_stretch(new, at, len(tokens)) for at in verbatim(new, self.index.places, tokens)],
        )

    def _shrunk(self, words: str, candidate: Candidate) -> Candidate | None:
        """The only place of these very words that shares something with the candidate."""
        text = self.new[candidate.passage]
        low = max(0, candidate.start - len(words) + 1)
        starts = list(occurrences(words, text[low : candidate.end + len(words) - 1]))
        if len(starts) != 1:
            return None
        start, end = widen(text, low + starts[0], low + starts[0] + len(words))
        return Candidate(candidate.passage, start, end, 1.0)

    def _is_long(self, words: str) -> bool:
        tokens = self.index.tokens(words)
        return len(tokens) >= MIN_VERBATIM_WORDS

    def _verified(self, anchor: AnchorRecord, aligned: Place) -> Candidate | None:
        """The place, widened to whole graphemes, if its words still resemble the quote."""
        assert anchor.span is not None
        old_text, new_text = self.old[anchor.passage], self.new[aligned.passage]
        start, end = widen(new_text, aligned.start, aligned.end)
        if not is_boundary(old_text, anchor.span.start):
            start = aligned.start
        if not is_boundary(old_text, anchor.span.end):
            end = aligned.end
        quoted, words = anchor.quote.exact, new_text[start:end]
        score = likeness(quoted, words)
        if score < MIN_LIKENESS and quoted != old_text[anchor.span.start : anchor.span.end]:
            return None
        return Candidate(aligned.passage, start, end, score)

    def _searched(self, anchor: AnchorRecord) -> Candidate | None:
        """The only likely place of the quote among words that this edit added."""
        back = self.alignment.back
        mine: range | tuple[()] = ()
        if anchor.span is not None:
            mine = self.alignment.old.within(anchor.passage, anchor.span.start, anchor.span.end)

        def is_free(at: int) -> bool:
            return back[at] < 0 or back[at] in mine

        if not self._may_be_new(anchor.quote.exact, mine):
            return None
        candidates = []
        for one in self.index.find(anchor.quote, is_free):
            inside = self.alignment.new.within(one.passage, one.start, one.end)
            if sum(map(is_free, inside)) >= MIN_UNMATCHED * len(inside):
                candidates.append(one)
        if not candidates or candidates[0].score < MIN_SCORE:
            return None
        if len(candidates) > 1 and candidates[0].score - candidates[1].score < MIN_LEAD:
            return None
        bits = self.index.bits_of(anchor.quote.exact)
        return candidates[0] if self.unclaimed * 2.0**-bits < MAX_EXPECTED_BY_CHANCE else None

    def _may_be_new(self, words: str, mine: range | tuple[()]) -> bool:
        """Whether this edit added enough of the words."""
        own = {self.alignment.old.ids[at] for at in mine if self.alignment.to[at] >= 0}
        tokens = self.index.tokens(words)
        known = sum(token in self.added or token in own for token in tokens)
        return known > MIN_SURVIVING * len(tokens)

    def _outcome_at(self, anchor: AnchorRecord, candidate: Candidate) -> Outcome:
        first = anchor.original or anchor.quote
        state = AnchorState.CHANGED
        if self._words(candidate).split() == first.exact.split():
            stays = self.same.get(candidate.passage) == anchor.passage
            state = AnchorState.KEPT if stays else AnchorState.MOVED
        return Outcome(
            anchor.id, state, candidate.passage, candidate.start, candidate.end, candidate.score
        )


def _stretch(text: Words, first: int, count: int) -> Candidate:
    last = first + count - 1
    return Candidate(text.passage[first], text.start[first], text.end[last], 1.0)


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.passage == other.passage and one.start < other.end and other.start < one.end


def _contains(one: Candidate, other: Candidate) -> bool:
    return one.passage == other.passage and one.start <= other.start and other.end <= one.end
