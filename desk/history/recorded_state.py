"""What a thing said at one time, as its history keeps it, and that in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.db import models
from django.utils import timezone

GONE = "(no longer there)"


@dataclass(frozen=True)
class Part:
    """Things that belong to another and change with it.

    `owner` is their field that names it, `shown` are those that are told, in this order.
    """

    model: type[models.Model]
    owner: str
    label: str
    shown: tuple[str, ...] = ()

    @property
    def fields(self) -> list[models.Field]:
        return [one for one in tracked(self.model) if one.name != self.owner]


@dataclass(frozen=True)
class State:
    """What a thing said once: its fields by column, and its parts' fields, by label and id."""

    fields: dict[str, object] = field(default_factory=dict)
    parts: dict[str, dict[int, dict[str, object]]] = field(default_factory=dict)

    def after(self, record, part: Part | None) -> "State":
        if part is None:
            return replace(self, fields=values(record, tracked(record.instance_type)))
        rows = dict(self.parts.get(part.label, {}))
        rows.pop(record.id, None)
        if record.history_type != "-":
            rows[record.id] = values(record, part.fields)
        return replace(self, parts={**self.parts, part.label: rows})


def tracked(model: type[models.Model]) -> list[models.Field]:
    """The fields of a model that its history keeps, without its id."""
    return [one for one in model.history.model.tracked_fields if not one.primary_key]


def values(thing, fields) -> dict[str, object]:
    return {one.attname: getattr(thing, one.attname) for one in fields}


def differs(old: State, new: State) -> bool:
    """Whether they say something else; a part that was made anew says what it said."""
    rows = [
        {label: sorted(map(repr, map(_items, of.values()))) for label, of in s.parts.items()}
        for s in (old, new)
    ]
    return old.fields != new.fields or rows[0] != rows[1]


def _items(row: dict) -> list:
    return sorted(row.items())


def is_text(one: models.Field) -> bool:
    """Whether it is written word by word, not chosen or counted."""
    chosen = one.is_relation or one.choices
    return not chosen and isinstance(one, models.CharField | models.TextField)


def said(one: models.Field, value: object, names) -> str:
    """The value of a field in words."""
    if value is None or value == "":
        return ""
    if one.is_relation:
        return names.get((one.related_model, value), GONE)
    if one.choices:
        return str(dict(one.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(one, models.DateTimeField):
        return f"{timezone.localtime(value):%d %B %Y, %H:%M}"
    return str(value)


def lines(part: Part, state: State, names) -> Iterator[str]:
    """Each thing of a part in a line."""
    shown = [part.model._meta.get_field(name) for name in part.shown]
    for _, row in sorted(state.parts.get(part.label, {}).items(), key=_in_order):
        yield " · ".join(filter(None, (said(one, row.get(one.attname), names) for one in shown)))


def _in_order(item: tuple[int, dict]) -> tuple:
    pk, row = item
    return row.get("position", 0), pk


def note_targets(fields, row: dict, wanted) -> None:
    """Add to `wanted`, by model, the ids of all that a row of fields points to."""
    for one in fields:
        if one.is_relation and row.get(one.attname) is not None:
            wanted[one.related_model].add(row[one.attname])
