"""Which token of the new text each token of the old one has become.

What is the same at both ends stays. Runs of tokens that both texts have once are fixed points,
wherever they stand, so that moved blocks, split and merged passages cost nothing. What lies
between two fixed points is compared in order, most telling run first. A run counts only if
chance would hardly have made it: the number of such runs to expect in unrelated texts of that
size, `m * n * 2 ** -bits`, has to be small (the E-value by which sequence databases are
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

# Expected accidents below which a run counts though it is out of order.
OUT_OF_ORDER = 1e-4
LONG = 12
SHORT = (6, 4, 3)
# In bits: as much of a neighbouring sentence may be the same by accident.
OVERHANG = 14.0
ALIKE = 0.7
APART = 0.85
SPELLINGS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
RESPELLED = 12


class Alignment:
    """`to[i]` is the new token that old token i has become, `back` the reverse; -1 is none."""

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
        self._seed(LONG)
        self._fill(moves=False)
        for size in SHORT:
            self._seed(size)
        self._fill()
        Side(new.ids, new.opens, self.to, self.back).slide()
        Side(old.ids, old.opens, self.back, self.to).slide()
        for gap in list(self._gaps()):
            self._respelled(gap)

    def last(self, i: int) -> int:
        """The last new token that old token i has become, where it was written apart."""
        return self._last.get(i, self.to[i])

    def _join(self, run: Run) -> None:
        for step in range(run.length):
            if self.to[run.i + step] < 0 > self.back[run.j + step]:
                self.to[run.i + step] = run.j + step
                self.back[run.j + step] = run.i + step

    def _equal_passages(self) -> None:
        olds, news = _by_content(self.old), _by_content(self.new)
        for content, here in olds.items():
            there = news.get(content, [])
            if len(here) == len(there) and (len(here) == 1 or len(content) >= LONG):
                for i, j in zip(here, there, strict=True):
                    self._join(Run(i, j, len(content)))

    def _seed(self, size: int) -> None:
        """Join the runs that hold `size` tokens which are unmatched once in each text."""
        here, there = _once(self.old.ids, self.to, size), _once(self.new.ids, self.back, size)
        runs: list[tuple[float, int, int, int]] = []
        reached: dict[int, int] = {}
        for tokens, i in here.items():
            j = there.get(tokens, -1)
            if i < 0 or j < 0 or reached.get(i - j, -1) > i:
                continue
            run = self._grown(Run(i, j, size))
            reached[i - j] = run.i + run.length
            run = self._without_overhang(run)
            runs.append((self._weight(run), run.i, run.j, run.length))
        free = self.to.count(-1) * self.back.count(-1)
        for weight, i, j, length in sorted(runs, reverse=True):
            open_steps = sum(self.to[i + k] < 0 > self.back[j + k] for k in range(length))
            if free * 2.0**-weight < OUT_OF_ORDER and 2 * open_steps > length:
                self._join(Run(i, j, length))

    def _weight(self, run: Run) -> float:
        return sum(self.bits[token] for token in self.old.ids[run.i : run.i + run.length])

    def _grown(self, run: Run) -> Run:
        """The run with all equal unmatched tokens that touch it."""
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
        """The run without a few tokens of a next sentence, which may be like by accident."""
        low, high = 0, run.length
        starts = [
            k
            for k in range(1, run.length)
            if self.old.opens[run.i + k] or self.new.opens[run.j + k]
        ]
        if not starts:
            return run
        if self._weight(Run(run.i, run.j, starts[0])) < OVERHANG:
            low = starts[0]
        rest = run.length - starts[-1]
        if self._weight(Run(run.i + starts[-1], run.j + starts[-1], rest)) < OVERHANG:
            high = starts[-1]
        return Run(run.i + low, run.j + low, high - low) if low < high else run

    def _fill(self, moves: bool = True) -> None:
        """Compare in order what lies between matches, and beside them where blocks moved."""
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
        """Join words that were respelled, run together or written apart in place."""
        if gap.i2 - gap.i1 > RESPELLED or gap.j2 - gap.j1 > RESPELLED:
            return
        j = gap.j1
        for i in range(gap.i1, gap.i2):
            for k in range(j, gap.j2):
                if length := self._alike(i, k, gap):
                    j = k + length
                    break

    def _alike(self, i: int, k: int, gap: Gap) -> int:
        """Join tokens that start at i and k if they are one spelling; the new ones' number."""
        best, olds, news = 0.0, range(0), range(0)
        for many, few in SPELLINGS:
            these, those = range(i, i + many), range(k, k + few)
            if these.stop > gap.i2 or those.stop > gap.j2 or not self._are_free(these, those):
                continue
            was = "".join(self._letters[self.old.ids[at]] for at in these)
            now = "".join(self._letters[self.new.ids[at]] for at in those)
            floor = ALIKE if many == few else APART
            alike = Indel.normalized_similarity(was, now, score_cutoff=floor)
            if alike > best:
                best, olds, news = alike, these, those
        for at in olds:
            self.to[at], self._last[at] = k, news[-1]
        for at in news:
            self.back[at] = i
        return len(news)

    def _are_free(self, olds: range, news: range) -> bool:
        """Whether tokens begin and end with words and are all unmatched."""
        old, new = self.old.is_word, self.new.is_word
        return (
            old[olds[0]]
            and old[olds[-1]]
            and new[news[0]]
            and new[news[-1]]
            and all(self.to[at] < 0 for at in olds)
            and all(self.back[at] < 0 for at in news)
        )


def _by_content(text: Words) -> dict[tuple[int, ...], list[int]]:
    found = defaultdict(list)
    for low, high in pairwise(text.first):
        if low < high:
            found[tuple(text.ids[low:high])].append(low)
    return found


def _once(ids: list[int], matched: list[int], size: int) -> dict[tuple[int, ...], int]:
    """Each run of `size` unmatched tokens with its place, or -1 if it is there again."""
    found: dict[tuple[int, ...], int] = {}
    free = 0
    for end, match in enumerate(matched, start=1):
        free = free + 1 if match < 0 else 0
        if free >= size:
            run = tuple(ids[end - size : end])
            found[run] = -1 if run in found else end - size
    return found


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
