"""What a change of text does, before or after it is written."""

from dataclasses import dataclass

from django.db.models import Model

from annotations.models import Anchor
from essays.models import Passage, Revision

ORPHANED = Anchor.State.ORPHANED


@dataclass(frozen=True)
class Fate:
    """What happens to one anchor; the anchor itself has its new place, state and score."""

    anchor: Anchor
    old_state: str
    old_passage: Passage
    old_words: str
    new_passage: Passage
    new_words: str

    @property
    def stays_in_place(self) -> bool:
        """Whether it has the passage and the state that it had; its words may have moved."""
        same_passage = self.old_passage.pk == self.anchor.passage_id
        return same_passage and self.old_state == self.anchor.state

    @property
    def is_lost(self) -> bool:
        """Whether this change removed its words."""
        return self.anchor.state == ORPHANED != self.old_state

    @property
    def is_recovered(self) -> bool:
        """Whether this change brought its words back."""
        return self.anchor.state != ORPHANED == self.old_state

    @property
    def stays_lost(self) -> bool:
        return self.anchor.state == ORPHANED == self.old_state


@dataclass(frozen=True)
class Report:
    """The passages that a revision adds, changes, retires, brings back or moves.

    `fates` has an entry for every anchor that is on one of them or that moves; `unprinted` lists
    the quotations and links whose words no passage has any more. `revision` is None if nothing
    was written.
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
        """Whether the text does not change."""
        return not (self.written or self.reordered)

    @property
    def lost(self) -> list[Fate]:
        return [fate for fate in self.fates if fate.is_lost]
