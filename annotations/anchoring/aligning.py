"""Which token of the new text each token of the old one has become.

Runs of tokens that both texts have once are fixed points, wherever they stand, so that moved
blocks, split and merged passages cost nothing. What lies between two fixed points is compared
in order, heaviest common run first. A run counts only if chance would hardly have made it: the
number of such runs to expect in unrelated texts of that size, `m * n * 2 ** -bits`, has to be
small (the E-value by which sequence databases are searched: Karlin and Altschul, 1990).
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from rapidfuzz.distance import Indel

from annotations.anchoring.words import Words, surprise

IN_ORDER = 0.5
OUT_OF_ORDER = 1e-4
SEEDS = (12, 6, 4)
ALIKE = 0.7
CROWD = 64


class Alignment:
    """`to[i]` is the new token that old token i has become, `back` the reverse; -1 is none."""

    def __init__(self, old: Words, new: Words, names: dict[str, int]) -> None:
        self.old, self.new = old, new
        self.bits = surprise(names, old, new)
        self.to = [-1] * len(old)
        self.back = [-1] * len(new)
        self._last: dict[int, int] = {}
        self._equal_passages()
        for size in SEEDS:
            self._seed(size)
        self._fill()
        self._seed(3)
        self._fill()
        self._pair_alike()

    def last(self, i: int) -> int:
        """The last new token that old token i has become, where it was written apart."""
        return self._last.get(i, self.to[i])

    def _join(self, i: int, j: int, length: int) -> None:
        for step in range(length):
            self.to[i + step] = j + step
            self.back[j + step] = i + step

    def _equal_passages(self) -> None:
        def runs(text: Words) -> dict[tuple[int, ...], list[int]]:
            found = defaultdict(list)
            for low, high in pairwise(text.first):
                if low < high:
                    found[tuple(text.ids[low:high])].append(low)
            return found

        olds, news = runs(self.old), runs(self.new)
        for run, here in olds.items():
            there = news.get(run, [])
            if len(here) == len(there) and (len(here) == 1 or len(run) >= SEEDS[0]):
                for i, j in zip(here, there, strict=True):
                    self._join(i, j, len(run))

    def _seed(self, size: int) -> None:
        """Join the runs that hold `size` tokens which are unmatched once in each text."""
        old, new = self.old.ids, self.new.ids
        here, there = once(old, self.to, size), once(new, self.back, size)
        runs: list[tuple[float, int, int, int]] = []
        reached: dict[int, int] = {}
        for run, i in here.items():
            j = there.get(run, -1)
            if i < 0 or j < 0 or reached.get(i - j, -1) > i:
                continue
            low, high = self._grow(i, j, size)
            reached[i - j] = i + high
            weight = sum(self.bits[token] for token in old[i - low : i + high])
            runs.append((weight, i - low, j - low, low + high))
        free = self.to.count(-1) * self.back.count(-1)
        for weight, i, j, length in sorted(runs, reverse=True):
            if free * 2.0**-weight < OUT_OF_ORDER:
                self._join_free(i, j, length)

    def _grow(self, i: int, j: int, size: int) -> tuple[int, int]:
        old, new, to, back = self.old.ids, self.new.ids, self.to, self.back
        low, high = 0, size
        while (
            i > low
            and j > low
            and old[i - low - 1] == new[j - low - 1]
            and to[i - low - 1] < 0 > back[j - low - 1]
        ):
            low += 1
        while (
            i + high < len(old)
            and j + high < len(new)
            and old[i + high] == new[j + high]
            and to[i + high] < 0 > back[j + high]
        ):
            high += 1
        return low, high

    def _join_free(self, i: int, j: int, length: int) -> None:
        """Join what no heavier run has taken meanwhile, if that is still most of it."""
        free = [k for k in range(length) if self.to[i + k] < 0 > self.back[j + k]]
        if 2 * len(free) > length:
            for k in free:
                self._join(i + k, j + k, 1)

    def _fill(self) -> None:
        for i1, i2 in list(gaps(self.to)):
            after = self.to[i1 - 1] + 1 if i1 else 0
            before = self.to[i2] if i2 < len(self.to) else len(self.back)
            self._between(i1, i2, after, self._free_until(after))
            if self._free_from(before) != after:
                for low, high in list(gaps(self.to, i1, i2)):
                    self._between(low, high, self._free_from(before), before)

    def _free_until(self, j: int) -> int:
        while j < len(self.back) and self.back[j] < 0:
            j += 1
        return j

    def _free_from(self, j: int) -> int:
        while j > 0 and self.back[j - 1] < 0:
            j -= 1
        return j

    def _between(self, i1: int, i2: int, j1: int, j2: int) -> None:
        """Join the common runs of two stretches in order, heaviest first."""
        todo = [(i1, i2, j1, j2)]
        while todo:
            i1, i2, j1, j2 = todo.pop()
            if i1 >= i2 or j1 >= j2:
                continue
            weight, i, j, length = self._heaviest(i1, i2, j1, j2)
            if length and (i2 - i1) * (j2 - j1) * 2.0**-weight < IN_ORDER:
                self._join(i, j, length)
                todo += [(i1, i, j1, j), (i + length, i2, j + length, j2)]

    def _heaviest(self, i1: int, i2: int, j1: int, j2: int) -> tuple[float, int, int, int]:
        places = defaultdict(list)
        for j in range(j1, j2):
            places[self.new.ids[j]].append(j)
        best = (0.0, 0, 0, 0)
        before: dict[int, tuple[float, int]] = {}
        for i in range(i1, i2):
            token = self.old.ids[i]
            bits = self.bits[token]
            here: dict[int, tuple[float, int]] = {}
            for j in places.get(token, ()):
                weight, length = before.get(j - 1, (0.0, 0))
                here[j] = weight, length = weight + bits, length + 1
                if weight > best[0]:
                    best = weight, i + 1 - length, j + 1 - length, length
            before = here
        return best

    def _pair_alike(self) -> None:
        """Join words that were respelled in place."""
        for i1, i2 in list(gaps(self.to)):
            j = self.to[i1 - 1] + 1 if i1 else 0
            last = self.to[i2] if i2 < len(self.to) else len(self.back)
            if not 0 < last - j <= 12 or i2 - i1 > 12:
                continue
            for i in range(i1, i2):
                for k in range(j, last):
                    if self.back[k] < 0 and self._alike(i, k):
                        self._join(i, k, 1)
                        j = k + 1
                        break

    def _alike(self, i: int, j: int) -> bool:
        if not (self.old.is_word[i] and self.new.is_word[j]):
            return False
        return Indel.normalized_similarity(self.old.raw(i), self.new.raw(j)) >= ALIKE


def once(ids: list[int], matched: list[int], size: int) -> dict[tuple[int, ...], int]:
    """Each run of `size` unmatched tokens with its place, or -1 if it is there again."""
    found: dict[tuple[int, ...], int] = {}
    free = 0
    for end, match in enumerate(matched):
        free = free + 1 if match < 0 else 0
        if free >= size:
            run = tuple(ids[end + 1 - size : end + 1])
            found[run] = -1 if run in found else end + 1 - size
    return found


def gaps(matched: list[int], low: int = 0, high: int | None = None) -> Iterable[tuple[int, int]]:
    """The stretches without a match, as start and end."""
    start = None
    high = len(matched) if high is None else high
    for at in range(low, high):
        if matched[at] < 0:
            start = at if start is None else start
        elif start is not None:
            yield start, at
            start = None
    if start is not None:
        yield start, high
