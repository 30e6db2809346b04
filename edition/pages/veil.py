"""The spoiler veil: which passages it hides, on any page (product law 8).

`by_essay` splits a list into its free and its veiled items: templates write the free ones, the
veil, then the veiled ones, and CSS hides what follows a closed veil.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import F, Q

from essays.models import Essay, Passage, Work


@dataclass(frozen=True)
class Veil:
    """An essay's veil; it hides every passage whose number is above `after`."""

    work: Work
    text: str
    after: int

    def hides(self, passage: Passage) -> bool:
        """Whether `passage` is behind it. A retired passage is, since its place is unknown."""
        return passage.number is None or passage.number > self.after


def veil_of(essay: Essay) -> Veil | None:
    """The essay's veil, if it has one. Queries `veil_after` and `veil_work` unless loaded.

    If the passage before it is retired, its place is unknown and it hides the whole essay.
    """
    after, work = essay.veil_after, essay.veil_work
    if after is None or work is None:
        return None
    return Veil(work=work, text=essay.veil_text, after=after.number or 0)


def veil_over(passage: Passage) -> Veil | None:
    """The veil that hides `passage`, if one does."""
    veil = veil_of(passage.essay)
    return veil if veil and veil.hides(passage) else None


def behind_veil(passage: str) -> Q:
    """`veil_over` as a condition of a query; `passage` is the path to the passage.

    For When() only: where there is no passage it is NULL, and so is its negation.
    """
    essay, number = f"{passage}__essay", f"{passage}__number"
    after = f"{essay}__veil_after"
    veiled = Q(**{f"{after}__isnull": False, f"{essay}__veil_work__isnull": False})
    unplaced = Q(**{f"{number}__isnull": True}) | Q(**{f"{after}__number__isnull": True})
    return veiled & (unplaced | Q(**{f"{number}__gt": F(f"{after}__number")}))


@dataclass
class Veiled[T]:
    """Items of one essay: those free to read, and those behind its veil."""

    essay: Essay
    veil: Veil | None
    free: list[T] = field(default_factory=list)
    hidden: list[T] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.free) + len(self.hidden)


def by_essay[T](items: Iterable[T], passage_of: Callable[[T], Passage]) -> list[Veiled[T]]:
    """Group items by the essay of their passage, in order, each group split at its veil."""
    groups: dict[int, Veiled[T]] = {}
    for item in items:
        passage = passage_of(item)
        group = groups.setdefault(passage.essay_id, Veiled(passage.essay, veil_of(passage.essay)))
        hidden = group.veil is not None and group.veil.hides(passage)
        (group.hidden if hidden else group.free).append(item)
    return list(groups.values())
