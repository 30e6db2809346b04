"""The fields of the files. A check returns the value to store or raises InvalidValue."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from annotations.models import GlossLink, Quotation, Theme
from annotations.text.phrases import InvalidValue
from essays import markup
from essays.colour import is_colour
from essays.errors import shortened
from essays.identifiers import validate_slug
from essays.markup.limits import refuse_unshowable
from essays.models import Essay, Work, WorkKind

Check = Callable[[object], object]


@dataclass(frozen=True)
class Field:
    """A field with its check, and the value of an entry without it."""

    check: Check
    required: bool = False
    default: object = ""


def words(max_length: int | None = None) -> Check:
    def check(value: object) -> str:
        if not isinstance(value, str):
            raise InvalidValue("Words are wanted here.", "Put them in quotes.")
        value = value.strip()
        try:
            refuse_unshowable(value)
        except markup.MarkupError as error:
            raise InvalidValue("This cannot be shown.", str(error)) from error
        if max_length is not None and len(value) > max_length:
            raise InvalidValue(
                f"This is {len(value)} characters long.", f"At most {max_length} fit."
            )
        return value

    return check


def words_for(model, field: str) -> Check:
    """Words that fit a field of a model."""
    return words(model._meta.get_field(field).max_length)


def default_for(model, field: str) -> object:
    return model._meta.get_field(field).default


def slug(value: object) -> str:
    """The name of a work, quotation, theme or gloss in files and addresses."""
    name = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    try:
        validate_slug(name)
    except ValidationError as error:
        raise InvalidValue(f"“{shortened(value)}” cannot be a name.", error.message) from error
    return name


def passage_name(value: object) -> str | int:
    """A passage's key, its number in the file, or `essay/key` for one of another essay."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise InvalidValue("A passage is wanted here.", "Give its key, or its number.")


def one_of(options: Collection[str]) -> Check:
    def check(value: object) -> str:
        if value not in options:
            message = f"“{shortened(value)}” is none of the choices."
            raise InvalidValue(message, f"Use {', '.join(options)}.")
        return str(value)

    return check


def number(low: int, high: int) -> Check:
    def check(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            message = f"“{shortened(value)}” is not a number that fits."
            raise InvalidValue(message, f"Use {low} to {high}.")
        return value

    return check


def yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise InvalidValue(f"“{shortened(value)}” is neither true nor false.", "Use true or false.")
    return value


def day(value: object) -> str:
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        message = f"“{shortened(value)}” is no date."
        raise InvalidValue(message, "Write it as 2014-02-28, without quotes.")
    return value.isoformat()


def colour(value: object) -> str:
    if not isinstance(value, str) or not is_colour(value):
        message = f"“{shortened(value)}” is no colour."
        raise InvalidValue(message, 'Write it as "#c4432f", in quotes.')
    return value


def slugs(value: object) -> list[str]:
    if not isinstance(value, list):
        raise InvalidValue("A list is wanted here.", "Write it as [one, another].")
    names = [slug(item) for item in value]
    if len(set(names)) < len(names):
        raise InvalidValue("A name is there twice.", "Keep one of the two.")
    return names


FRONT = {
    "title": Field(words_for(Essay, "title"), required=True),
    "dek": Field(words_for(Essay, "dek")),
    "authors": Field(words_for(Essay, "authors")),
    "language": Field(words_for(Essay, "language"), default=default_for(Essay, "language")),
    "date": Field(day, default=None),
    "licence": Field(words_for(Essay, "licence")),
    "colour": Field(colour, default=default_for(Essay, "colour")),
    "works": Field(slugs, default=()),
    "smart": Field(yes_or_no, default=default_for(Essay, "smart")),
}
VEIL = {
    "after": Field(passage_name, required=True),
    "work": Field(slug, required=True),
    "text": Field(words_for(Essay, "veil_text")),
}
WORK = {
    "title": Field(words_for(Work, "title"), required=True),
    "kind": Field(one_of(WorkKind.values), required=True),
    "creator": Field(words_for(Work, "creator")),
    "credit": Field(words_for(Work, "credit")),
    "year": Field(number(1, 9999), default=None),
}
QUOTATION = {
    "work": Field(slug, required=True),
    "speaker": Field(words_for(Quotation, "speaker")),
    "place": Field(words_for(Quotation, "place")),
    "passage": Field(passage_name, default=None),
    "phrase": Field(words()),
    "text": Field(words()),
}
THEME = {
    "name": Field(words_for(Theme, "name"), required=True),
    "definition": Field(words(), required=True),
}
GLOSS = {
    "key": Field(slug, required=True),
    "passage": Field(passage_name, required=True),
    "phrase": Field(words()),
    "occurrence": Field(number(1, 999), default=None),
    "text": Field(words(), required=True),
}
LINK = {
    "theme": Field(slug, default=None),
    "quotation": Field(slug, default=None),
    "work": Field(slug, default=None),
    "passage": Field(passage_name, default=None),
    "phrase": Field(words()),
    "relation": Field(one_of(GlossLink.Relation.values), required=True),
    "reason": Field(words(), required=True),
}
