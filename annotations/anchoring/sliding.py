"""Where a stretch was put in or taken out, choosing among alignments that are equally good.

Whole sentences put in between “once.” and “Both” may end with “once.” as well; then “once.”
itself may seem to be put in. Like a diff made for people, this has a stretch begin with a
sentence where it can.
"""

from collections.abc import Sequence
from dataclasses import dataclass

REACH = 64


@dataclass(frozen=True, slots=True)
class Side:
    """The text that has a stretch to itself: its tokens, and which of them open a sentence.

    `there` leads to it from each token of the other text, `back` from it.
    """

    ids: Sequence[int]
    opens: Sequence[bool]
    there: list[int]
    back: list[int]

    def slide(self) -> None:
        """Shift each unmatched stretch to where a sentence opens; changes `there` and `back`."""
        for at in range(1, len(self.there)):
            low, high = self.there[at - 1] + 1, self.there[at]
            if not 0 < low < high or self.opens[low]:
                continue
            if any(self.back[k] >= 0 for k in range(low, high)):
                continue
            if not self._shift_on(at, low, high):
                self._shift_back(at, low, high)

    def _shift_on(self, at: int, low: int, high: int) -> bool:
        step = 0
        while step < min(REACH, len(self.there) - at) and self.there[at + step] == high + step:
            if self.ids[low + step] != self.ids[high + step]:
                break
            step += 1
            if self.opens[low + step]:
                self._rematch(range(at, at + step), low)
                return True
        return False

    def _shift_back(self, at: int, low: int, high: int) -> None:
        step = 0
        while step < min(REACH, at) and self.there[at - step - 1] == low - step - 1:
            if self.ids[low - step - 1] != self.ids[high - step - 1]:
                break
            step += 1
            if self.opens[low - step]:
                self._rematch(range(at - step, at), high - step)
                return

    def _rematch(self, those: range, to: int) -> None:
        for at in those:
            self.back[self.there[at]] = -1
        for step, at in enumerate(those):
            self.there[at] = to + step
            self.back[to + step] = at
