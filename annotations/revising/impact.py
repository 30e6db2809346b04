"""What a change of text does to each anchor, as far as editors may know it.

Of private notes they get four numbers, without words or names (product law 2).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from annotations.models import Anchor, Audience, Gloss
from annotations.revising.report import Fate, Report
from essays.counted import counted
from essays.models import Essay, Passage


class Effect(StrEnum):
    """What one change did to an anchor, in the order in which an editor should look at them.

    `BACK`: its words had been lost or changed, and are the original ones again.
    """

    LOST = "lost"
    CHANGED = "changed"
    MOVED = "moved"
    BACK = "back"
    KEPT = "kept"


NEEDS_ATTENTION = (Effect.LOST, Effect.CHANGED, Effect.MOVED)
PRIVATE_COUNTS = ("kept", "moved", "changed", "lost")


def effect_of(fate: Fate) -> Effect:
    """The effect of this change alone, whatever earlier ones did."""
    if fate.is_lost:
        return Effect.LOST
    was_changed = fate.old_state == Anchor.State.CHANGED != fate.anchor.state
    if fate.is_recovered or was_changed:
        return Effect.BACK
    if fate.old_words != fate.new_words:
        return Effect.CHANGED
    return Effect.KEPT if fate.old_passage == fate.new_passage else Effect.MOVED


@dataclass(frozen=True)
class AnchorImpact:
    """A gloss or public note, and what a change did to it."""

    fate: Fate
    effect: Effect

    @property
    def anchor(self) -> Anchor:
        return self.fate.anchor

    @property
    def kind(self) -> str:
        return "gloss" if isinstance(self.anchor, Gloss) else "note"

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.anchor.pk}"


@dataclass(frozen=True)
class ChangeImpact:
    """The effects of `report`, with the essay's passages by id.

    `items` are in the order of Effect; `private` has the number of private notes for each name in
    PRIVATE_COUNTS.
    """

    report: Report
    items: tuple[AnchorImpact, ...] = ()
    private: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(PRIVATE_COUNTS, 0))
    passages: Mapping[int, Passage] = field(default_factory=dict)

    def having(self, *effects: Effect) -> list[AnchorImpact]:
        return [item for item in self.items if item.effect in effects]

    @property
    def disturbed(self) -> list[AnchorImpact]:
        """The items that are lost, changed or moved."""
        return self.having(*NEEDS_ATTENTION)

    @property
    def disturbs_nothing(self) -> bool:
        """Whether every anchor, quotation and link kept its words and its place."""
        private = sum(self.private[name] for name in PRIVATE_COUNTS if name != "kept")
        return not (self.disturbed or private or self.report.unprinted)

    @cached_property
    def digest(self) -> str:
        """A hash of all that the gate shows, to notice that it is out of date."""
        report = self.report
        visible = [
            [[passage.key, passage.version, passage.text] for passage in report.written],
            [self._visible(item) for item in self.disturbed],
            [self.private[name] for name in PRIVATE_COUNTS if name != "kept"],
            sorted(f"{type(one).__name__} {one.pk}" for one in report.unprinted),
        ]
        return hashlib.sha256(json.dumps(visible).encode()).hexdigest()[:32]

    def _visible(self, item: AnchorImpact) -> list:
        fate, anchor = item.fate, item.anchor
        candidates = [
            [self.passages[one["passage"]].key, one["start"], one["end"]]
            for one in anchor.candidates
        ]
        place = [self.passages[anchor.passage_id].key, anchor.start, anchor.end]
        return [item.name, item.effect, place, fate.old_words, fate.new_words, candidates]


def impact_of(essay: Essay, report: Report) -> ChangeImpact:
    """What a change did, once it is written; deleted notes are left out."""
    items: list[AnchorImpact] = []
    private: Counter[str] = Counter(dict.fromkeys(PRIVATE_COUNTS, 0))
    written = {one.pk for one in report.written}
    for fate in report.fates:
        effect, anchor = effect_of(fate), fate.anchor
        is_gloss = isinstance(anchor, Gloss)
        is_deleted = not is_gloss and anchor.deleted_at is not None
        # In other passages only the score was computed again.
        is_elsewhere = effect == Effect.KEPT and anchor.passage_id not in written
        if is_deleted or is_elsewhere:
            continue
        if is_gloss or anchor.audience == Audience.PUBLIC:
            items.append(AnchorImpact(fate, effect))
        else:
            private["kept" if effect == Effect.BACK else effect] += 1
    order = list(Effect)
    items.sort(key=lambda item: (order.index(item.effect), item.kind, item.anchor.pk))
    return ChangeImpact(report, tuple(items), dict(private), essay.passages.in_bulk())


def counts_text(items: list[AnchorImpact]) -> str:
    """As in “4 glosses and 1 note”; empty for no items."""
    numbers = Counter(item.kind for item in items)
    return " and ".join(counted(numbers[kind], kind) for kind in ("gloss", "note") if numbers[kind])
