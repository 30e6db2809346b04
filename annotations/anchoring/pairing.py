"""Find which passage of the old text each new passage continues."""

from collections import Counter
from collections.abc import Sequence

from annotations.anchoring.aligning import Alignment
from annotations.anchoring.words import Words

MAJORITY = 0.5
MIN_SHARE_IN_PLACE = 0.25


def pair(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each new passage the index of the old one that it continues, or None.

    It continues the one that most of its words come from, or most of whose words it has; in the
    same place, a quarter is enough. A split passage continues in its first part, and merged ones
    continue the first of them.
    """
    names: dict[str, int] = {}
    return continued(Alignment(Words(old, names), Words(new, names), names))


def continued(alignment: Alignment) -> list[int | None]:
    """The same as `pair`, for an alignment."""
    old, new = alignment.old, alignment.new
    pairs: list[int | None] = []
    taken: set[int] = set()
    for new_index in range(len(new.passages)):
        flow = _flow(alignment, new_index)
        fits = [
            old_index
            for old_index, count in sorted(flow.items())
            if old_index not in taken
            and (count > MAJORITY * new.size(new_index) or count > MAJORITY * old.size(old_index))
        ]
        pairs.append(fits[0] if fits else None)
        taken.update(fits[:1])
    return _with_rewritten(alignment, pairs, taken)


def _flow(alignment: Alignment, new_index: int) -> Counter[int]:
    """The number of words of a new passage from each old one."""
    inside = range(alignment.new.first[new_index], alignment.new.first[new_index + 1])
    return Counter(alignment.old.passage[i] for j in inside if (i := alignment.back[j]) >= 0)


def _with_rewritten(
    alignment: Alignment, pairs: list[int | None], taken: set[int]
) -> list[int | None]:
    """Also pair passages between the same two neighbours that have some words in common."""
    old, new = alignment.old, alignment.new
    for new_index, old_index in enumerate(pairs):
        before = pairs[new_index - 1] if new_index else -1
        if old_index is not None or before is None:
            continue
        after = pairs[new_index + 1] if new_index + 1 < len(pairs) else len(old.passages)
        old_index = before + 1
        if (
            old_index in taken
            or old_index == len(old.passages)
            or after not in (old_index + 1, None)
        ):
            continue
        size = max(old.size(old_index), new.size(new_index))
        if _flow(alignment, new_index)[old_index] >= MIN_SHARE_IN_PLACE * size:
            pairs[new_index] = old_index
            taken.add(old_index)
    return pairs


def majority(alignment: Alignment, passage: int) -> int | None:
    """The new passage with most of the words of an old one, if there is one."""
    inside = range(alignment.old.first[passage], alignment.old.first[passage + 1])
    flow = Counter(alignment.new.passage[j] for i in inside if (j := alignment.to[i]) >= 0)
    for new_index, count in flow.most_common(1):
        if count > MAJORITY * len(inside):
            return new_index
    return None
