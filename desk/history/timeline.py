"""What was done to a thing, change by change, with the words that each change put and took.

Changes that come together (a gloss and its links, saved at once) are one moment.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db import models
from django.utils.text import capfirst

from desk.history.recorded_state import (
    Part,
    State,
    differs,
    is_text,
    lines,
    note_targets,
    said,
    tracked,
    values,
)
from essays.change_history import FROM_FILE
from essays.word_diff import Piece, compare

TOGETHER = timedelta(seconds=2)


@dataclass(frozen=True)
class Difference:
    label: str
    pieces: list[Piece]


@dataclass
class Moment:
    """Changes that were made at once, and what the thing said before and after them."""

    number: int
    records: list
    before: State | None
    after: State
    timeline: "Timeline"

    @property
    def at(self):
        return self.records[-1].history_date

    @property
    def who(self) -> str:
        """Whoever made it, as others may know them; a file has no name."""
        user = self.records[-1].history_user
        if user is not None:
            return user.pen_name or "an editor"
        return "" if self.cause == FROM_FILE else "somebody without an account here today"

    @property
    def cause(self) -> str:
        return self.records[-1].history_change_reason or ""

    @property
    def is_first(self) -> bool:
        return self.before is None

    @cached_property
    def differences(self) -> list[Difference]:
        return self.timeline.differences(self.before or self.after, self.after)


class Timeline:
    """All the moments of one thing, the newest first; a few queries, however many there are."""

    def __init__(self, thing: models.Model, parts: Sequence[Part] = ()):
        self.thing, self.parts = thing, parts
        self.fields = tracked(type(thing))

    @cached_property
    def records(self) -> list[tuple]:
        """Each record with the part that it is of, None for the thing itself; oldest first."""
        own = self.thing.history.select_related("history_user")
        found = [(record, None) for record in own]
        for part in self.parts:
            of_part = part.model.history.filter(**{part.owner: self.thing})
            found += [(record, part) for record in of_part.select_related("history_user")]
        return sorted(found, key=lambda one: (one[0].history_date, one[0].pk))

    @cached_property
    def now(self) -> State:
        parts = {}
        for part in self.parts:
            rows = part.model.objects.filter(**{part.owner: self.thing})
            parts[part.label] = {row.pk: values(row, part.fields) for row in rows}
        return State(values(self.thing, self.fields), parts)

    @cached_property
    def moments(self) -> list[Moment]:
        state, moments, known = self._beginning, [], False
        for number, group in enumerate(self._groups(), 1):
            before = state
            for record, part in group:
                state = state.after(record, part)
            records = [record for record, _ in group]
            if not known or differs(before, state):
                shown = before if known else None
                moments.append(Moment(number, records, shown, state, self))
            known = True
        return moments[::-1]

    @cached_property
    def _beginning(self) -> State:
        """As far as can be told: what was never changed since has been as it is."""
        recorded = defaultdict(dict)
        for record, part in self.records:
            label = part.label if part else ""
            recorded[label].setdefault(record.id, (record, part))
        parts = {}
        for part in self.parts:
            firsts = recorded[part.label]
            rows = {pk: row for pk, row in self.now.parts[part.label].items() if pk not in firsts}
            for pk, (first, _) in firsts.items():
                if first.history_type != "+":
                    rows[pk] = values(first, part.fields)
            parts[part.label] = rows
        own = next(iter(recorded[""].values()), None)
        fields = values(own[0], self.fields) if own else self.now.fields
        return State(fields, parts)

    def _groups(self) -> Iterator[list[tuple]]:
        group: list[tuple] = []
        for record, part in self.records:
            if group and not _belong_together(group[-1][0], record):
                yield group
                group = []
            group.append((record, part))
        if group:
            yield group

    def differences(self, old: State, new: State) -> list[Difference]:
        """Field by field what `new` says otherwise; what `old` says where both are one."""
        found = []
        for label, in_words, before, after in self._said(old, new):
            if before != after or (old is new and after):
                pieces = compare(before, after) if in_words else _replaced(before, after)
                found.append(Difference(label, pieces))
        return found

    def _said(self, old: State, new: State) -> Iterator[tuple[str, bool, str, str]]:
        names = self._names
        for one in self.fields:
            column = one.attname
            both = (said(one, state.fields.get(column), names) for state in (old, new))
            yield capfirst(one.verbose_name), is_text(one), *both
        for part in self.parts:
            both = ("\n".join(lines(part, state, names)) for state in (old, new))
            yield part.label, True, *both

    @cached_property
    def _names(self) -> dict[tuple[type, int], str]:
        """What everything is called that any of the states points to."""
        wanted = defaultdict(set)
        states = [self.now, *(moment.after for moment in self.moments), self._beginning]
        for state in states:
            note_targets(self.fields, state.fields, wanted)
            for part in self.parts:
                for row in state.parts.get(part.label, {}).values():
                    note_targets(part.fields, row, wanted)
        return {
            (model, pk): str(thing)
            for model, pks in wanted.items()
            for pk, thing in model._base_manager.in_bulk(pks).items()
        }


def _belong_together(one, other) -> bool:
    alike = one.history_user_id == other.history_user_id
    same_cause = one.history_change_reason == other.history_change_reason
    return alike and same_cause and other.history_date - one.history_date <= TOGETHER


def _replaced(old: str, new: str) -> list[Piece]:
    """What was chosen is one word, of however many."""
    if old == new:
        return [Piece("same", new)]
    return [piece for piece in (Piece("gone", old), Piece("new", new)) if piece.text]
