"""Find the common runs of two stretches of tokens, in order."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2

# The expected number of accidental runs up to which a run counts.
MAX_EXPECTED_IN_ORDER = 0.25
FLANKS = 2.0
WIDE_GAP = 400
MAX_OCCURRENCES_IN_WIDE_GAP = 8


@dataclass(frozen=True, slots=True)
class Gap:
    """Old tokens `i1` to `i2` against new tokens `j1` to `j2`.

    `left` and `right` tell whether the tokens just outside match each other.
    """

    i1: int
    i2: int
    j1: int
    j2: int
    left: bool = True
    right: bool = True

    def is_empty(self) -> bool:
        return self.i1 >= self.i2 or self.j1 >= self.j2

    def is_wide(self) -> bool:
        """Whether comparing all with all would take too long."""
        return (self.i2 - self.i1) * (self.j2 - self.j1) > WIDE_GAP * WIDE_GAP

    def corners(self) -> Iterator["Gap"]:
        """The parts of a wide gap next to matches."""
        wide, high = (
            min(WIDE_GAP // 2, (self.i2 - self.i1) // 2),
            min(WIDE_GAP // 2, (self.j2 - self.j1) // 2),
        )
        if self.left:
            yield Gap(self.i1, self.i1 + wide, self.j1, self.j1 + high, True, False)
        if self.right:
            yield Gap(self.i2 - wide, self.i2, self.j2 - high, self.j2, False, True)

    def around(self, run: "Run") -> tuple["Gap", "Gap"]:
        """The gaps that a matched run leaves before and after it."""
        return (
            Gap(self.i1, run.i, self.j1, run.j, self.left, True),
            Gap(run.i + run.length, self.i2, run.j + run.length, self.j2, True, self.right),
        )


@dataclass(frozen=True, slots=True)
class Run:
    """`length` equal tokens from old token `i` and new token `j` on."""

    i: int
    j: int
    length: int


def runs_in_order(
    gap: Gap, old: Sequence[int], new: Sequence[int], bits: Sequence[float]
) -> list[Run]:
    """The common runs of a gap that chance would hardly produce, the most improbable first."""
    runs: list[Run] = []
    todo = [gap]
    while todo:
        gap = todo.pop()
        if gap.is_empty():
            continue
        run = _most_improbable(gap, old, new, bits)
        if run is not None:
            runs.append(run)
            todo += gap.around(run)
        elif gap.is_wide():
            todo += gap.corners()
    return runs


def _most_improbable(
    gap: Gap, old: Sequence[int], new: Sequence[int], bits: Sequence[float]
) -> Run | None:
    places = _places(gap, new)
    best, best_run = -log2(MAX_EXPECTED_IN_ORDER), None
    before: dict[int, tuple[float, int]] = {}
    for i in range(gap.i1, gap.i2):
        ending_at: dict[int, tuple[float, int]] = {}
        for j in places.get(old[i], ()):
            weight, length = before.get(j - 1, (0.0, 0))
            ending_at[j] = weight, length = weight + bits[old[i]], length + 1
            if weight > best:
                run = Run(i + 1 - length, j + 1 - length, length)
                bits_left = weight - log2(_room(gap, run))
                if bits_left > best:
                    best, best_run = bits_left, run
        before = ending_at
    return best_run


def _places(gap: Gap, new: Sequence[int]) -> dict[int, list[int]]:
    """The places of each token; in a wide gap only of rare ones, which bounds the time."""
    places = defaultdict(list)
    for j in range(gap.j1, gap.j2):
        places[new[j]].append(j)
    if gap.is_wide():
        return {token: at for token, at in places.items() if len(at) <= MAX_OCCURRENCES_IN_WIDE_GAP}
    return places


def _room(gap: Gap, run: Run) -> float:
    """The number of places that a run as near to a match could have."""
    room: float = (gap.i2 - gap.i1) * (gap.j2 - gap.j1)
    if gap.is_wide():
        return room
    if gap.left:
        room = min(room, FLANKS * (run.i - gap.i1 + 1) * (run.j - gap.j1 + 1))
    if gap.right:
        over_i, over_j = gap.i2 - run.i - run.length, gap.j2 - run.j - run.length
        room = min(room, FLANKS * (over_i + 1) * (over_j + 1))
    return room
