"""What a change of text does, in a form that can be shown before or after."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Model

from annotations.models import Anchor
from essays.models import Passage, Revision

ORPHANED = Anchor.State.ORPHANED


@dataclass(frozen=True)
class Fate:
    """What became of one anchor; the anchor itself holds its new place, state and score."""

    anchor: Anchor
    old_state: str
    old_passage: Passage
    old_words: str
    new_passage: Passage
    new_words: str

    @property
    def is_lost(self) -> bool:
        """Whether this change took the words away."""
        return self.anchor.state == ORPHANED != self.old_state

    @property
    def is_found(self) -> bool:
        """Whether this change brought the words back."""
        return self.anchor.state != ORPHANED == self.old_state

    @property
    def stays_lost(self) -> bool:
        return self.anchor.state == ORPHANED == self.old_state


@dataclass(frozen=True)
class Report:
    """The passages that a revision adds, changes, retires, brings back or puts elsewhere.

    `fates` has an entry for every anchor that is on one of them or that is carried; `unprinted`
    lists the quotations and links whose words no passage says any more. `revision` is None
    where nothing was written.
    """

    added: tuple[Passage, ...] = ()
    changed: tuple[Passage, ...] = ()
    retired: tuple[Passage, ...] = ()
    returned: tuple[Passage, ...] = ()
    reordered: tuple[Passage, ...] = ()
    fates: tuple[Fate, ...] = ()
    unprinted: tuple[Model, ...] = ()
    revision: Revision | None = None

    @property
    def written(self) -> tuple[Passage, ...]:
        """The passages that get a new version."""
        return (*self.added, *self.changed, *self.retired, *self.returned)

    @property
    def is_empty(self) -> bool:
        """Whether the text stays as it is."""
        return not (self.written or self.reordered)

    @property
    def lost(self) -> list[Fate]:
        return [fate for fate in self.fates if fate.is_lost]

    def count(self, kind: type[Anchor]) -> Counter[str]:
        """How many anchors of one kind end in each state."""
        return Counter(fate.anchor.state for fate in self.fates if isinstance(fate.anchor, kind))
