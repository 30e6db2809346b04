"""Optimistic locking: nobody's save silently undoes what somebody else saved meanwhile.

A form carries in `seen` a stamp of what it showed: a digest of each text. Whoever saves locks the
row, compares the stamp with what is there now, and stops if they differ. The page then shows both,
and carries the new stamp, so that saving again overwrites knowingly.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.forms import ModelForm

from desk.history.recorded_state import label_of, text_of
from essays.models import Passage
from essays.word_diff import Piece, compare

SEEN = "seen"
DIGEST_LENGTH = 12


@dataclass(frozen=True)
class Conflict:
    """A text that somebody else changed: as it is now, and as it was typed here.

    `typed` is None if it was not changed here; the form then has theirs.
    """

    label: str
    now: str
    typed: str | None = None

    @property
    def pieces(self) -> list[Piece]:
        return compare(self.now, self.typed or "")


def sent_stamp(data: Mapping[str, str]) -> str:
    return data.get(SEEN, "")


def stamp_of(texts: Mapping[str, str]) -> str:
    return ".".join(_digest(text) for text in texts.values())


def conflicts_with(
    stamp: str, now: Mapping[str, str], typed: Mapping[str, str] | None = None
) -> list[Conflict]:
    """What changed since a form had this stamp; everything, if no such form can have had it."""
    digests, typed = stamp.split("."), typed or {}
    if len(digests) != len(now):
        digests = [""] * len(now)
    return [
        Conflict(label, text, _changed(typed.get(label), digest))
        for (label, text), digest in zip(now.items(), digests, strict=True)
        if _digest(text) != digest
    ]


def fields_of(
    model: type[models.Model] | models.Model, names: Iterable[str]
) -> dict[str, models.Field]:
    """The fields with these names, by their labels; names of other things are left out."""
    fields = (*model._meta.concrete_fields, *model._meta.many_to_many)
    by_name = {field.name: field for field in fields}
    return {label_of(by_name[name]): by_name[name] for name in names if name in by_name}


def texts_of(item: models.Model, names: Iterable[str]) -> dict[str, str]:
    """The texts of these fields, by their labels."""
    fields = fields_of(item, names).items()
    return {
        label: _lines(getattr(item, field.name).all() if item.pk else [])
        if field.many_to_many
        else _text(field, item)
        for label, field in fields
    }


def typed_text(field: models.Field, form: ModelForm) -> str:
    """The text of a field as it was typed into a form that has been validated."""
    if field.name not in form.cleaned_data:
        return str(form[field.name].value() or "")
    if field.many_to_many:
        return _lines(form.cleaned_data[field.name])
    return _text(field, form.instance)


def _text(field: models.Field, item: models.Model) -> str:
    """The text of a field; of a passage its key alone, which stays when its number changes."""
    if field.related_model is Passage:
        passage = getattr(item, field.name)
        return passage.key if passage else ""
    return text_of(field, item)


def _lines(items: Iterable[object]) -> str:
    return "\n".join(sorted(map(str, items)))


def _digest(text: str) -> str:
    # Browsers send line breaks as \r\n, and forms cut white space off.
    text = text.replace("\r\n", "\n").strip()
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def _changed(typed: str | None, digest: str) -> str | None:
    return None if typed is None or _digest(typed) == digest else typed
