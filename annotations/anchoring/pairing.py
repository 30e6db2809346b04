"""Which passages of a new version continue which of the old."""

from collections import Counter
from collections.abc import Sequence

from annotations.anchoring.aligning import Alignment
from annotations.anchoring.words import Words

MOST = 0.5
SOME = 0.25


def pair(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each new passage, the old one whose identity it continues, or None.

    A passage continues the one that most of its words come from, or most of whose words it
    holds; where it stands in the same place, a quarter will do. Of a split passage the first
    part does; of merged ones the first is continued.
    """
    names: dict[str, int] = {}
    return continued(Alignment(Words(old, names), Words(new, names), names))


def continued(alignment: Alignment) -> list[int | None]:
    """As `pair`, from an alignment at hand."""
    old, new = alignment.old, alignment.new
    pairs: list[int | None] = []
    taken: set[int] = set()
    for there in range(len(new.passages)):
        flow = _flow(alignment, there)
        fits = [
            here
            for here, count in sorted(flow.items())
            if here not in taken
            and (count > MOST * new.size(there) or count > MOST * old.size(here))
        ]
        pairs.append(fits[0] if fits else None)
        taken.update(fits[:1])
    return _with_rewritten(alignment, pairs, taken)


def _flow(alignment: Alignment, there: int) -> Counter[int]:
    """How many words of a new passage came from each of the old."""
    inside = range(alignment.new.first[there], alignment.new.first[there + 1])
    return Counter(alignment.old.passage[i] for j in inside if (i := alignment.back[j]) >= 0)


def _with_rewritten(
    alignment: Alignment, pairs: list[int | None], taken: set[int]
) -> list[int | None]:
    """Also pair what stands between the same two passages and has something in common."""
    old, new = alignment.old, alignment.new
    for there, here in enumerate(pairs):
        before = pairs[there - 1] if there else -1
        if here is not None or before is None:
            continue
        after = pairs[there + 1] if there + 1 < len(pairs) else len(old.passages)
        here = before + 1
        if here in taken or here == len(old.passages) or after not in (here + 1, None):
            continue
        size = max(old.size(here), new.size(there))
        if _flow(alignment, there)[here] >= SOME * size:
            pairs[there] = here
            taken.add(here)
    return pairs


def majority(alignment: Alignment, passage: int) -> int | None:
    """The new passage that holds most of the words of an old one, if one does."""
    inside = range(alignment.old.first[passage], alignment.old.first[passage + 1])
    flow = Counter(alignment.new.passage[j] for i in inside if (j := alignment.to[i]) >= 0)
    for there, count in flow.most_common(1):
        if count > MOST * len(inside):
            return there
    return None
