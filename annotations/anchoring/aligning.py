"""Align two texts: which token of the new text each token of the old one has become.

Equal starts and ends are matched first. Runs of tokens that occur once in each text are fixed
points, wherever they are, so moved blocks, split and merged passages cost nothing. Between two
fixed points the texts are compared in order, the most improbable common run first. A run counts
only if chance would hardly produce it: the expected number of such runs in unrelated texts of
that size, `m * n * 2 ** -bits`, must be small (the E-value with which sequence databases are
searched: Karlin and Altschul, 1990).
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import Indel

from annotations.anchoring.ends import equal_ends
from annotations.anchoring.matching import Gap, Run, runs_in_order
from annotations.anchoring.sliding import Side
from annotations.anchoring.words import Words, surprise

# The expected number of accidental runs up to which a run out of order counts.
MAX_EXPECTED_OUT_OF_ORDER = 1e-4
LONG_RUN = 12
SHORT_RUNS = (6, 4, 3)
# In bits: so much of a neighbouring sentence may be equal by accident.
MAX_OVERHANG = 14.0
MIN_SENTENCE = 45.0
# How alike respelled words must be, and words that were joined or split.
MIN_LIKENESS = 0.7
MIN_JOINED_LIKENESS = 0.85
SPELLINGS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
# Tokens; longer gaps are not searched for respelled words.
MAX_RESPELLED = 12


class Alignment:
    """`to[i]` is the new token for old token i, `back[j]` the reverse; -1 is none."""

    def __init__(self, old: Words, new: Words, names: dict[str, int]) -> None:
        self.old, self.new = old, new
        self.bits = surprise(names, old, new)
        self.to = [-1] * len(old)
        self.back = [-1] * len(new)
        self._last: dict[int, int] = {}
        self._letters = ["".join(filter(str.isalnum, name)) for name in names]
        first, last = equal_ends(old, new)
        self._join(Run(0, 0, first))
        self._join(Run(len(old) - last, len(new) - last, last))
        self._equal_passages()
        self._equal_sentences()
        self._seed(LONG_RUN)
        self._fill(moves=False)
        for size in SHORT_RUNS:
            self._seed(size)
        self._fill()
        Side(new.ids, new.opens, self.to, self.back).slide()
        Side(old.ids, old.opens, self.back, self.to).slide()
        for gap in list(self._gaps()):
            self._respelled(gap)

    def last(self, i: int) -> int:
        """The last new token for old token i, which may have been split into several."""
        return self._last.get(i, self.to[i])

    def _join(self, run: Run) -> None:
        for step in range(run.length):
            if self.to[run.i + step] < 0 > self.back[run.j + step]:
                self.to[run.i + step] = run.j + step
                self.back[run.j + step] = run.i + step

    def _equal_passages(self) -> None:
        olds = _by_content(self.old, self.old.first)
        news = _by_content(self.new, self.new.first)
        for content, old_starts in olds.items():
            new_starts = news.get(content, [])
            if len(old_starts) == len(new_starts) and (
                len(old_starts) == 1 or len(content) >= LONG_RUN
            ):
                for i, j in zip(old_starts, new_starts, strict=True):
                    self._join(Run(i, j, len(content)))

    def _equal_sentences(self) -> None:
        """Match sentences that stand once in each text, before those that only look like them."""
        olds = _by_content(self.old, self.old.sentences())
        news = _by_content(self.new, self.new.sentences())
        for content, old_starts in olds.items():
            run = Run(old_starts[0], news.get(content, [0])[0], len(content))
            stands_once = len(old_starts) == len(news.get(content, ())) == 1
            if stands_once and self._weight(run) > MIN_SENTENCE:
                self._join(run)

    def _seed(self, size: int) -> None:
        """Match runs around `size` tokens that occur once among the unmatched ones of each text."""
        old_runs = _once(self.old.ids, self.to, size)
        new_runs = _once(self.new.ids, self.back, size)
        runs: list[tuple[float, int, int, int]] = []
        reached: dict[int, int] = {}
        for tokens, i in old_runs.items():
            j = new_runs.get(tokens, -1)
            if i < 0 or j < 0 or reached.get(i - j, -1) > i:
                continue
            run = self._grown(Run(i, j, size))
            reached[i - j] = run.i + run.length
            run = self._without_overhang(run)
            runs.append((self._weight(run), run.i, run.j, run.length))
        free = self.to.count(-1) * self.back.count(-1)
        for weight, i, j, length in sorted(runs, reverse=True):
            open_steps = sum(self.to[i + k] < 0 > self.back[j + k] for k in range(length))
            if free * 2.0**-weight < MAX_EXPECTED_OUT_OF_ORDER and 2 * open_steps > length:
                self._join(Run(i, j, length))

    def _weight(self, run: Run) -> float:
        return sum(self.bits[token] for token in self.old.ids[run.i : run.i + run.length])

    def _grown(self, run: Run) -> Run:
        """The run, extended by equal unmatched tokens on both sides."""
        old, new, to, back = self.old.ids, self.new.ids, self.to, self.back
        i, j, over = run.i, run.j, run.length
        while i and j and old[i - 1] == new[j - 1] and to[i - 1] < 0 > back[j - 1]:
            i, j, over = i - 1, j - 1, over + 1
        while (
            i + over < len(old)
            and j + over < len(new)
            and old[i + over] == new[j + over]
            and to[i + over] < 0 > back[j + over]
        ):
            over += 1
        return Run(i, j, over)

    def _without_overhang(self, run: Run) -> Run:
        """The run without tokens of a neighbouring sentence that may be equal by accident."""
        low, high = 0, run.length
        starts = [
            k
            for k in range(1, run.length)
            if self.old.opens[run.i + k] or self.new.opens[run.j + k]
        ]
        if not starts:
            return run
        if self._weight(Run(run.i, run.j, starts[0])) < MAX_OVERHANG:
            low = starts[0]
        rest = run.length - starts[-1]
        if self._weight(Run(run.i + starts[-1], run.j + starts[-1], rest)) < MAX_OVERHANG:
            high = starts[-1]
        return Run(run.i + low, run.j + low, high - low) if low < high else run

    def _fill(self, moves: bool = True) -> None:
        """Compare in order what is between matches, and beside them if blocks moved."""
        for gap in list(self._gaps()):
            if not (moves or (gap.left and gap.right)):
                continue
            for run in runs_in_order(gap, self.old.ids, self.new.ids, self.bits):
                self._join(run)

    def _gaps(self) -> Iterator[Gap]:
        for i1, i2 in _unmatched(self.to):
            after = self.last(i1 - 1) + 1 if i1 else 0
            before = self.to[i2] if i2 < len(self.to) else len(self.back)
            end = self._free_end(after)
            if end == before:
                yield Gap(i1, i2, after, before)
            else:
                yield Gap(i1, i2, after, end, True, False)
                yield Gap(i1, i2, self._free_start(before), before, False, True)

    def _free_end(self, j: int) -> int:
        while j < len(self.back) and self.back[j] < 0:
            j += 1
        return j

    def _free_start(self, j: int) -> int:
        while j > 0 and self.back[j - 1] < 0:
            j -= 1
        return j

    def _respelled(self, gap: Gap) -> None:
        """Match words that were respelled, joined or split in place."""
        if gap.i2 - gap.i1 > MAX_RESPELLED or gap.j2 - gap.j1 > MAX_RESPELLED:
            return
        j = gap.j1
        for i in range(gap.i1, gap.i2):
            for k in range(j, gap.j2):
                if length := self._alike(i, k, gap):
                    j = k + length
                    break

    def _alike(self, i: int, k: int, gap: Gap) -> int:
        """Match the tokens from i and k on if they are alike; return the number of new ones."""
        best, olds, news = 0.0, range(0), range(0)
        for many, few in SPELLINGS:
            these, those = range(i, i + many), range(k, k + few)
            if these.stop > gap.i2 or those.stop > gap.j2 or not self._are_free(these, those):
                continue
            old_letters = "".join(self._letters[self.old.ids[at]] for at in these)
            new_letters = "".join(self._letters[self.new.ids[at]] for at in those)
            floor = MIN_LIKENESS if many == few else MIN_JOINED_LIKENESS
            alike = Indel.normalized_similarity(old_letters, new_letters, score_cutoff=floor)
            if alike > best:
                best, olds, news = alike, these, those
        for at in olds:
            self.to[at], self._last[at] = k, news[-1]
        for at in news:
            self.back[at] = i
        return len(news)

    def _are_free(self, olds: range, news: range) -> bool:
        """Whether both ranges begin and end with words and are all unmatched."""
        old, new = self.old.is_word, self.new.is_word
        return (
            old[olds[0]]
            and old[olds[-1]]
            and new[news[0]]
            and new[news[-1]]
            and all(self.to[at] < 0 for at in olds)
            and all(self.back[at] < 0 for at in news)
        )


def _by_content(text: Words, borders: list[int]) -> dict[tuple[int, ...], list[int]]:
    """The starts of the stretches between borders, by their tokens."""
    places = defaultdict(list)
    for low, high in pairwise(borders):
        if low < high:
            places[tuple(text.ids[low:high])].append(low)
    return places


def _once(ids: list[int], matched: list[int], size: int) -> dict[tuple[int, ...], int]:
    """The place of each run of `size` unmatched tokens; -1 if it occurs more than once."""
    places: dict[tuple[int, ...], int] = {}
    free = 0
    for end, match in enumerate(matched, start=1):
        free = free + 1 if match < 0 else 0
        if free >= size:
            run = tuple(ids[end - size : end])
            places[run] = -1 if run in places else end - size
    return places


def _unmatched(matched: list[int]) -> Iterator[tuple[int, int]]:
    start = None
    for at, match in enumerate(matched):
        if match < 0:
            start = at if start is None else start
        elif start is not None:
            yield start, at
            start = None
    if start is not None:
        yield start, len(matched)
