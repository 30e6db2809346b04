"""The history of an object, change by change.

Changes that were made together (a gloss and its links, saved at once) are one moment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from django.db import models

from desk.history.recorded_state import Difference, Part, RecordedState
from essays.change_history import FROM_FILE
from essays.word_diff import Piece
from readers.pen_names import editor_name

MAX_PAUSE = timedelta(seconds=2)


@dataclass
class Moment:
    """Changes that were made at once, and the state before and after them.

    `number` counts from the first moment, 1, which has no state before it.
    """

    number: int
    record: models.Model
    before: RecordedState | None
    after: RecordedState

    @property
    def at(self):
        return self.record.history_date

    @property
    def who(self) -> str:
        """The name that others know the editor by; a file has none."""
        user = self.record.history_user
        if user is not None:
            return editor_name(user)
        return "" if self.cause == FROM_FILE else "somebody without an account here today"

    @property
    def cause(self) -> str:
        return self.record.history_change_reason or ""

    @property
    def differences(self) -> list[Difference]:
        """What the changes did; of the first moment, all that is known of the state."""
        texts = self.after.texts
        if self.before:
            return self.before.differences(self.after, set(texts))
        return [Difference(label, [Piece("same", text)]) for label, text in texts.items() if text]


class Timeline:
    """All moments of one object, the newest first; a few queries, however many there are."""

    def __init__(self, item: models.Model, parts: Sequence[Part] = ()):
        self.item, self.parts = item, parts

    @cached_property
    def records(self) -> list[models.Model]:
        """The records of the object and its parts, the oldest first."""
        records = [*_with_targets(self.item.history)]
        for part in self.parts:
            records += _with_targets(part.model.history.filter(**{part.owner: self.item}))
        return sorted(records, key=lambda record: (record.history_date, record.pk))

    @cached_property
    def now(self) -> RecordedState:
        rows = {(type(self.item), self.item.pk): self.item}
        for part in self.parts:
            of_part = part.model.objects.filter(**{part.owner: self.item})
            of_part = of_part.prefetch_related(*_relations(part.model))
            rows |= {(part.model, row.pk): row for row in of_part}
        return RecordedState(self.item, self.parts, rows)

    @cached_property
    def moments(self) -> list[Moment]:
        state, moments = self._earliest, []
        for number, group in enumerate(self._groups(), 1):
            before = state
            for record in group:
                state = state.after(record)
            if not moments or before.texts != state.texts:
                moments.append(Moment(number, record, before if moments else None, state))
        return moments[::-1]

    @property
    def _earliest(self) -> RecordedState:
        """The first state that is known: what has no record never changed."""
        first = {(one.instance_type, one.id): one for one in reversed(self.records)}
        rows = {**self.now.rows, **first}
        for key, record in first.items():
            if record.history_type == "+" and record.instance_type is not type(self.item):
                del rows[key]
        return replace(self.now, rows=rows)

    def _groups(self) -> Iterator[list[models.Model]]:
        group: list[models.Model] = []
        for record in self.records:
            if group and not _belong_together(group[-1], record):
                yield group
                group = []
            group.append(record)
        if group:
            yield group


def _with_targets(history) -> models.QuerySet:
    """Records with the objects that they point to, None where these are gone.

    Prefetched, so that records that point to the same object share it.
    """
    relations = _relations(history.model.instance_type)
    return history.select_related("history_user").prefetch_related(*relations)


def _relations(model: type[models.Model]) -> list[str]:
    return [field.name for field in model.history.model.tracked_fields if field.is_relation]


def _belong_together(one, other) -> bool:
    same_user = one.history_user_id == other.history_user_id
    same_cause = one.history_change_reason == other.history_change_reason
    soon = other.history_date - one.history_date <= MAX_PAUSE
    return same_user and same_cause and soon
