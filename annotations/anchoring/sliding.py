"""Choose among equally good alignments around an insertion or deletion.

If sentences inserted between “once.” and “Both” also end with “once.”, the first “once.” may seem
to be inserted. Like a diff for people, this lets an insertion begin with a sentence if it can.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MAX_SHIFT = 64


@dataclass(frozen=True, slots=True)
class Side:
    """The text with the insertion: its tokens, and which of them open a sentence.

    `to` has its token for each token of the other text, `back` the reverse.
    """

    ids: Sequence[int]
    opens: Sequence[bool]
    to: list[int]
    back: list[int]

    def slide(self) -> None:
        """Shift each insertion to the start of a sentence; changes `to` and `back`."""
        for at in range(1, len(self.to)):
            low, high = self.to[at - 1] + 1, self.to[at]
            if not 0 < low < high or self.opens[low]:
                continue
            if any(self.back[k] >= 0 for k in range(low, high)):
                continue
            if not self._shift_on(at, low, high):
                self._shift_back(at, low, high)

    def _shift_on(self, at: int, low: int, high: int) -> bool:
        step = 0
        while step < min(MAX_SHIFT, len(self.to) - at) and self.to[at + step] == high + step:
            if self.ids[low + step] != self.ids[high + step]:
                break
            step += 1
            if self.opens[low + step]:
                self._rematch(range(at, at + step), low)
                return True
        return False

    def _shift_back(self, at: int, low: int, high: int) -> None:
        step = 0
        while step < min(MAX_SHIFT, at) and self.to[at - step - 1] == low - step - 1:
            if self.ids[low - step - 1] != self.ids[high - step - 1]:
                break
            step += 1
            if self.opens[low - step]:
                self._rematch(range(at - step, at), high - step)
                return

    def _rematch(self, those: range, start: int) -> None:
        for at in those:
            self.back[self.to[at]] = -1
        for step, at in enumerate(those):
            self.to[at] = start + step
            self.back[start + step] = at
