"""Comparing two stretches of tokens in order."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2

# Expected accidents below which a run counts.
IN_ORDER = 0.25
FLANKS = 2.0
WIDE = 400
RARE = 8


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
        return (self.i2 - self.i1) * (self.j2 - self.j1) > WIDE * WIDE

    def corners(self) -> Iterator["Gap"]:
        """The parts of a wide gap that lie next to what matches."""
        wide, high = (
            min(WIDE // 2, (self.i2 - self.i1) // 2),
            min(WIDE // 2, (self.j2 - self.j1) // 2),
        )
        if self.left:
            yield Gap(self.i1, self.i1 + wide, self.j1, self.j1 + high, True, False)
        if self.right:
            yield Gap(self.i2 - wide, self.i2, self.j2 - high, self.j2, False, True)

    def around(self, run: "Run") -> tuple["Gap", "Gap"]:
        """What is left of the gap before and after a run of matches in it."""
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
    """The common runs of a gap that chance would hardly have made, most telling first."""
    found: list[Run] = []
    todo = [gap]
    while todo:
        gap = todo.pop()
        if gap.is_empty():
            continue
        run = _most_telling(gap, old, new, bits)
        if run is not None:
            found.append(run)
            todo += gap.around(run)
        elif gap.is_wide():
            todo += gap.corners()
    return found


def _most_telling(
    gap: Gap, old: Sequence[int], new: Sequence[int], bits: Sequence[float]
) -> Run | None:
    places = _places(gap, new)
    best, found = -log2(IN_ORDER), None
    before: dict[int, tuple[float, int]] = {}
    for i in range(gap.i1, gap.i2):
        here: dict[int, tuple[float, int]] = {}
        for j in places.get(old[i], ()):
            weight, length = before.get(j - 1, (0.0, 0))
            here[j] = weight, length = weight + bits[old[i]], length + 1
            if weight > best:
                run = Run(i + 1 - length, j + 1 - length, length)
                telling = weight - log2(_room(gap, run))
                if telling > best:
                    best, found = telling, run
        before = here
    return found


def _places(gap: Gap, new: Sequence[int]) -> dict[int, list[int]]:
    """Where each token stands; of a wide gap only the rare ones, which bounds the time."""
    places = defaultdict(list)
    for j in range(gap.j1, gap.j2):
        places[new[j]].append(j)
    if gap.is_wide():
        return {token: at for token, at in places.items() if len(at) <= RARE}
    return places


def _room(gap: Gap, run: Run) -> float:
    """How many pairs of places a run might have had as near to what already matches."""
    room: float = (gap.i2 - gap.i1) * (gap.j2 - gap.j1)
    if gap.is_wide():
        return room
    if gap.left:
        room = min(room, FLANKS * (run.i - gap.i1 + 1) * (run.j - gap.j1 + 1))
    if gap.right:
        over_i, over_j = gap.i2 - run.i - run.length, gap.j2 - run.j - run.length
        room = min(room, FLANKS * (over_i + 1) * (over_j + 1))
    return room
