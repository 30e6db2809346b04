"""Word-level differences between two versions of a text."""

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

Kind = Literal["same", "removed", "new"]

# Scripts without spaces are compared by character; combining marks stay with their base.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\uffef"
_MARK = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u1ab0-\u1aff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f"
_MARKED = rf"[^\W{_UNSPACED}][{_MARK}]*"
_TOKEN = re.compile(
    rf"(?:{_MARKED})+(?:['\u2019](?:{_MARKED})+)*"
    rf"|\s+"
    rf"|(?:\W(?<!\s)|[{_UNSPACED}])(?:[{_MARK}]|(?<=\u200d)\S|[\U0001f3fb-\U0001f3ff])*"
)
# In characters: so little may be equal by chance between two changes, such as “of” or “that”.
_MAX_BY_CHANCE = 4
# If the numbers of tokens multiply to more, the middle is not compared: it would take seconds.
_MAX_PRODUCT = 60_000_000


@dataclass(frozen=True)
class Piece:
    """Words in both texts (`same`), only in the old one (`removed`) or only in the `new` one."""

    kind: Kind
    text: str


@dataclass
class _Change:
    """Replaced words, and the `same` words that follow them."""

    removed: str
    new: str
    same: str

    @property
    def size(self) -> int:
        return max(len(self.removed), len(self.new))


def compare(old: str, new: str) -> list[Piece]:
    """The pieces that turn `old` into `new`, in order, with whole words only.

    `same` and `removed` pieces joined are `old`; `same` and `new` ones are `new`. Removed words
    come before their replacement, and a few small words between changes count as changed.
    The alignment is the longest common subsequence of tokens (Hyyrö's bit-parallel algorithm):
    tokens of one times tokens of the other, divided by 64.
    """
    pieces: list[Piece] = []
    for change in _smoothed(_changes(_TOKEN.findall(old), _TOKEN.findall(new))):
        if change.removed:
            pieces.append(Piece("removed", change.removed))
        if change.new:
            pieces.append(Piece("new", change.new))
        if change.same:
            pieces.append(Piece("same", change.same))
    return pieces


def _changes(old: list[str], new: list[str]) -> list[_Change]:
    changes = [_Change("", "", "")]
    start, end = _common_ends(old, new)
    changes[0].same = "".join(old[:start])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if len(middle_old) * len(middle_new) > _MAX_PRODUCT:
        changes.append(_Change("".join(middle_old), "".join(middle_new), ""))
    else:
        for step in Indel.opcodes(middle_old, middle_new):
            old_words = "".join(middle_old[step.src_start : step.src_end])
            if step.tag == "equal":
                changes[-1].same += old_words
                continue
            if changes[-1].same or len(changes) == 1:
                changes.append(_Change("", "", ""))
            changes[-1].removed += old_words if step.tag != "insert" else ""
            changes[-1].new += "".join(middle_new[step.dest_start : step.dest_end])
    changes[-1].same += "".join(old[len(old) - end :])
    return changes


def _common_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """The numbers of equal tokens at the start and at the end."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    most -= start
    end = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return start, end


def _smoothed(changes: list[_Change]) -> list[_Change]:
    """Join two changes if there is less between them than they change."""
    smooth = changes[:1]
    for change in changes[1:]:
        before = smooth[-1]
        unchanged = len(before.same.strip())
        by_chance = unchanged <= max(_MAX_BY_CHANCE, min(before.size, change.size) // 2)
        if before.size and by_chance:
            before.removed += before.same + change.removed
            before.new += before.same + change.new
            before.same = change.same
        else:
            smooth.append(change)
    return smooth
