"""Which passages of a new version continue which of the old."""

from collections import Counter
from collections.abc import Sequence

from annotations.anchoring.aligning import Alignment
from annotations.anchoring.words import Words

MOST = 0.5


def pair(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each new passage, the old one whose identity it continues, or None.

    A passage continues the one that most of its words come from, or most of whose words it
    holds. Of a split passage the first part does; of merged ones the first is continued.
    """
    names: dict[str, int] = {}
    return continued(Alignment(Words(old, names), Words(new, names), names))


def continued(alignment: Alignment) -> list[int | None]:
    """As `pair`, from an alignment at hand."""
    old, new = alignment.old, alignment.new
    pairs: list[int | None] = []
    taken: set[int] = set()
    for there in range(len(new.passages)):
        inside = range(new.first[there], new.first[there + 1])
        flow = Counter(old.passage[i] for j in inside if (i := alignment.back[j]) >= 0)
        fits = [
            here
            for here, count in sorted(flow.items())
            if here not in taken
            and (
                count > MOST * len(inside) or count > MOST * (old.first[here + 1] - old.first[here])
            )
        ]
        pairs.append(fits[0] if fits else None)
        taken.update(fits[:1])
    return pairs


def majority(alignment: Alignment, passage: int) -> int | None:
    """The new passage that holds most of the words of an old one, if one does."""
    inside = range(alignment.old.first[passage], alignment.old.first[passage + 1])
    flow = Counter(alignment.new.passage[j] for i in inside if (j := alignment.to[i]) >= 0)
    for there, count in flow.most_common(1):
        if count > MOST * len(inside):
            return there
    return None
