"""What changed lately in the text and in what editors hang on it: who, when, what.

Never what readers wrote: of that no copy is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Model, Prefetch
from django.utils.text import capfirst

from annotations.models import Gloss, Quotation, Theme
from essays.change_history import FROM_FILE
from essays.models import Essay, Passage, PassageRevision, Revision, Work

KINDS = (Essay, Gloss, Quotation, Theme, Work)
VERBS = {"+": ("was made", "were made"), "~": ("changed", "changed"), "-": ("deleted", "deleted")}
LOOKED_THROUGH = 60


@dataclass(frozen=True)
class Event:
    """`thing` is the passage, essay, gloss … that changed, if it is one and still there."""

    at: datetime
    what: str
    who: str
    thing: Model | None


def events(most: int) -> list[Event]:
    """The newest first; a few queries, however much there is."""
    found = [*_edits(most), *(event for kind in KINDS for event in _changes(kind))]
    return sorted(found, key=lambda event: event.at, reverse=True)[:most]


def _edits(most: int) -> Iterator[Event]:
    """Edits of the text, of which each wrote one passage or more."""
    versions = PassageRevision.objects.select_related("passage").only("revision", "passage")
    revisions = Revision.objects.select_related("essay", "by")
    for edit in revisions.prefetch_related(Prefetch("passages", versions))[:most]:
        passages = [version.passage for version in edit.passages.all()]
        thing = passages[0] if len(passages) == 1 else edit.essay
        who = FROM_FILE if edit.origin == Revision.Origin.FILE else _name(edit.by)
        yield Event(edit.at, f"{_passages(passages)} of {edit.essay}", who, thing)


def _passages(passages: list[Passage]) -> str:
    if len(passages) != 1:
        return f"{len(passages) or 'The order of the'} passages"
    return f"Passage {passages[0].number}" if passages[0].number else "A passage that was cut"


def _changes(kind: type[Model]) -> Iterator[Event]:
    """Changes of one kind of thing; what one editor did to several within a minute is one."""
    records = list(kind.history.select_related("history_user")[:LOOKED_THROUGH])
    there = kind.objects.in_bulk({record.id for record in records})
    for (verb, _, _), group in groupby(records, _moment):
        changed = {record.id: record for record in group}
        one, *others = changed.values()
        name = kind._meta.verbose_name_plural if others else f"{kind._meta.verbose_name} "
        what = f"{len(changed)} {name}" if others else f"{name}{_quoted(_called(one))}"
        thing = there.get(one.id) if not others else None
        yield Event(
            one.history_date,
            f"{capfirst(what)} {VERBS[verb][bool(others)]}",
            _name(one.history_user) if one.history_user else one.history_change_reason or "",
            thing,
        )


def _moment(record) -> tuple:
    return (
        record.history_type,
        record.history_user_id,
        record.history_date.replace(second=0, microsecond=0),
    )


def _called(record) -> str:
    """What a record says of itself: what it leads to may be gone."""
    names = ("key", "name", "title", "speaker", "text")
    return next(said for name in names if (said := getattr(record, name, "")))[:60]


def _quoted(title: str) -> str:
    return title if "“" in title else f"“{title}”"


def _name(user) -> str:
    return f"by {(user.pen_name if user else '') or 'an editor'}"
