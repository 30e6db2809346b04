"""The state of an object at one time, and the differences between two states.

A row of a state is an object as it is today or a historical record: both have the same fields.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst

from essays.word_diff import Piece, compare

GONE = "(no longer there)"


@dataclass(frozen=True)
class Part:
    """A model whose objects belong to another object and change with it.

    `owner` is the foreign key to that object; `fields` are the ones to show, in order.
    """

    model: type[models.Model]
    owner: str
    label: str
    fields: tuple[str, ...] = ()

    def text_of(self, rows: list[models.Model]) -> str:
        """One line for each row."""
        fields = [self.model._meta.get_field(name) for name in self.fields]
        texts = ((text_of(field, row) for field in fields) for row in rows)
        return "\n".join(" · ".join(filter(None, line)) for line in texts)


@dataclass(frozen=True)
class Difference:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class RecordedState:
    """`rows`, by model and id, are the one of `item` itself and those of its parts."""

    item: models.Model
    parts: Sequence[Part]
    rows: dict[tuple[type[models.Model], int], models.Model]

    def after(self, record) -> "RecordedState":
        """The state once the change was made that `record` keeps."""
        key = record.instance_type, record.id
        rows = {other: row for other, row in self.rows.items() if other != key}
        return replace(self, rows=rows if record.history_type == "-" else {**rows, key: record})

    @property
    def own(self) -> models.Model:
        return self.rows.get((type(self.item), self.item.pk), self.item)

    def rows_of(self, part: Part) -> list[models.Model]:
        rows = [row for (model, _), row in self.rows.items() if model is part.model]
        return sorted(rows, key=lambda row: (getattr(row, "position", 0), row.id))

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each field and part, by its label."""
        fields = {label_of(field): text_of(field, self.own) for field in tracked(self.item)}
        return fields | {part.label: part.text_of(self.rows_of(part)) for part in self.parts}

    def changed_labels(self, new: "RecordedState", labels: set[str]) -> list[str]:
        """Which of the fields and parts with these labels have another text in `new`."""
        texts = self.texts.items()
        return [label for label, old in texts if label in labels and old != new.texts[label]]

    def differences(self, new: "RecordedState", labels: set[str]) -> list[Difference]:
        chosen = {label_of(field) for field in tracked(self.item) if not _is_prose(field)}
        differences = []
        for label in self.changed_labels(new, labels):
            pieces_of = _replaced if label in chosen else compare
            differences.append(Difference(label, pieces_of(self.texts[label], new.texts[label])))
        return differences


def tracked(item: models.Model) -> list[models.Field]:
    """The fields that the history of an object keeps, without its id."""
    return [field for field in type(item).history.model.tracked_fields if not field.primary_key]


def label_of(field: models.Field) -> str:
    """Its verbose name, or its own name if another field of the model has the same."""
    namesakes = [one for one in field.model._meta.fields if one.verbose_name == field.verbose_name]
    return capfirst(field.name.replace("_", " ") if len(namesakes) > 1 else field.verbose_name)


def text_of(field: models.Field, row: models.Model) -> str:
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if field.is_relation:
        return str(getattr(row, field.name) or GONE)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, models.DateTimeField):
        return f"{timezone.localtime(value):%d %B %Y, %H:%M}"
    return str(value)


def _is_prose(field: models.Field) -> bool:
    """Whether it is compared word by word, because it is written and not chosen or counted."""
    chosen = field.is_relation or field.choices
    return not chosen and isinstance(field, models.CharField | models.TextField)


def _replaced(old: str, new: str) -> list[Piece]:
    return [piece for piece in (Piece("removed", old), Piece("new", new)) if piece.text]
