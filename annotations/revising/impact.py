"""What a change of text does to each thing that hangs on it, told as far as editors may hear it.

Of private notes there are four numbers, no words and no names (product law 2).
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
from essays.models import Essay, Passage


class Effect(StrEnum):
    """What one change did to an anchor, those first that an editor has to look at.

    `BACK` are words that were lost or changed and are again what they were.
    """

    LOST = "lost"
    CHANGED = "changed"
    MOVED = "moved"
    BACK = "back"
    KEPT = "kept"


ATTENTION = (Effect.LOST, Effect.CHANGED, Effect.MOVED)
TOLD = ("kept", "moved", "changed", "lost")


def effect_of(fate: Fate) -> Effect:
    """What this change did, whatever earlier ones had done."""
    if fate.is_lost:
        return Effect.LOST
    was_changed = fate.old_state == Anchor.State.CHANGED != fate.anchor.state
    if fate.is_found or was_changed:
        return Effect.BACK
    if fate.old_words != fate.new_words:
        return Effect.CHANGED
    return Effect.KEPT if fate.old_passage == fate.new_passage else Effect.MOVED


@dataclass(frozen=True)
class Item:
    """A gloss, or a note that its author wrote for anyone, and what a change did to it."""

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
class Account:
    """What `report` means for those who may hear of it; `passages` are the essay's, by id.

    `items` come in the order in which they need attention; `private` holds the numbers `TOLD`.
    """

    report: Report
    items: tuple[Item, ...] = ()
    private: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(TOLD, 0))
    passages: Mapping[int, Passage] = field(default_factory=dict)

    def having(self, *effects: Effect) -> list[Item]:
        return [item for item in self.items if item.effect in effects]

    @property
    def touched(self) -> list[Item]:
        """Those that are lost, changed or moved."""
        return self.having(*ATTENTION)

    @property
    def is_calm(self) -> bool:
        """Whether all that hangs on the text kept its words and its place."""
        disturbed = sum(self.private[name] for name in TOLD if name != "kept")
        return not (self.touched or disturbed or self.report.unprinted)

    @cached_property
    def digest(self) -> str:
        """A name for all that an editor is shown of it, to tell whether it still holds."""
        report = self.report
        shown = [
            [[passage.key, passage.version, passage.text] for passage in report.written],
            [self._shown(item) for item in self.touched],
            [self.private[name] for name in TOLD if name != "kept"],
            sorted(f"{type(one).__name__} {one.pk}" for one in report.unprinted),
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32]

    def _shown(self, item: Item) -> list:
        fate, anchor = item.fate, item.anchor
        candidates = [
            [self.passages[one["passage"]].key, one["start"], one["end"]]
            for one in anchor.candidates
        ]
        place = [self.passages[anchor.passage_id].key, anchor.start, anchor.end]
        return [item.name, item.effect, place, fate.old_words, fate.new_words, candidates]


def account_of(essay: Essay, report: Report) -> Account:
    """Read, once the change is written, what it did; notes that were deleted are left out."""
    items: list[Item] = []
    private: Counter[str] = Counter(dict.fromkeys(TOLD, 0))
    written = {one.pk for one in report.written}
    for fate in report.fates:
        effect, anchor = effect_of(fate), fate.anchor
        is_gloss = isinstance(anchor, Gloss)
        is_deleted = not is_gloss and anchor.deleted_at is not None
        # Elsewhere in the essay only its score was reckoned anew.
        is_apart = effect == Effect.KEPT and anchor.passage_id not in written
        if is_deleted or is_apart:
            continue
        if is_gloss or anchor.audience == Audience.PUBLIC:
            items.append(Item(fate, effect))
        else:
            private["kept" if effect == Effect.BACK else effect] += 1
    order = list(Effect)
    items.sort(key=lambda item: (order.index(item.effect), item.kind, item.anchor.pk))
    return Account(report, tuple(items), dict(private), essay.passages.in_bulk())


def counted(items: list[Item]) -> str:
    """As in “4 glosses and 1 note”; empty for nothing."""
    numbers = Counter(item.kind for item in items)
    plural = {"gloss": "glosses", "note": "notes"}
    parts = [
        f"{numbers[kind]} {kind if numbers[kind] == 1 else plural[kind]}"
        for kind in plural
        if numbers[kind]
    ]
    return " and ".join(parts)
