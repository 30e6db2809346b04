"""The latest changes of the text, glosses and the catalogue: who changed what, and when.

Never of what readers wrote, of which the site keeps no history.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Model, Prefetch
from django.utils.text import capfirst

from annotations.models import Gloss, Quotation, Theme
from essays.change_history import FROM_FILE
from essays.models import Essay, Passage, PassageRevision, Revision, Work
from readers.pen_names import editor_name

MODELS = (Essay, Gloss, Quotation, Theme, Work)
VERBS = {"+": ("was made", "were made"), "~": ("changed", "changed"), "-": ("deleted", "deleted")}
MAX_RECORDS_PER_MODEL = 60
MAX_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True)
class Event:
    """`item` is the passage, essay, gloss … that changed; None if several did, or it is gone."""

    at: datetime
    what: str
    who: str
    item: Model | None


def events(limit: int) -> list[Event]:
    """The newest first; the number of queries does not grow with the number of changes."""
    latest = [*_edits(limit), *(event for model in MODELS for event in _changes(model))]
    return sorted(latest, key=lambda event: event.at, reverse=True)[:limit]


def _edits(limit: int) -> Iterator[Event]:
    """Edits of the text; one edit may change several passages."""
    versions = PassageRevision.objects.select_related("passage").only("revision", "passage")
    revisions = Revision.objects.select_related("essay", "by")
    for edit in revisions.prefetch_related(Prefetch("passages", versions))[:limit]:
        passages = [version.passage for version in edit.passages.all()]
        item = passages[0] if len(passages) == 1 else edit.essay
        who = FROM_FILE if edit.origin == Revision.Origin.FILE else f"by {editor_name(edit.by)}"
        yield Event(edit.at, f"{_passages(passages)} of {edit.essay}", who, item)


def _passages(passages: list[Passage]) -> str:
    if len(passages) != 1:
        return f"{len(passages) or 'The order of the'} passages"
    return capfirst(passages[0].name)


def _changes(model: type[Model]) -> Iterator[Event]:
    """Changes of objects of one model; those of one kind that one editor made in a row are one."""
    records = list(model.history.select_related("history_user")[:MAX_RECORDS_PER_MODEL])
    existing = model.objects.in_bulk({record.id for record in records})
    for group in _made_together(records):
        changed = {record.id: record for record in group}
        one, *others = changed.values()
        verb = one.history_type
        if others:
            what, item = f"{len(changed)} {model._meta.verbose_name_plural}", None
        else:
            what, item = f"{model._meta.verbose_name} {_title(one)}", existing.get(one.id)
        yield Event(
            one.history_date,
            f"{capfirst(what)} {VERBS[verb][bool(others)]}",
            f"by {editor_name(one.history_user)}"
            if one.history_user
            else one.history_change_reason or "",
            item,
        )


def _made_together(records: list) -> list[list]:
    """The records, newest first, in groups of one kind and editor without a longer pause."""
    groups: list[list] = []
    for record in records:
        last = groups[-1][-1] if groups else None
        if last and _kind(last) == _kind(record) and _pause(last, record) <= MAX_PAUSE:
            groups[-1].append(record)
        else:
            groups.append([record])
    return groups


def _kind(record) -> tuple:
    return record.history_type, record.history_user_id


def _pause(later, earlier) -> timedelta:
    return later.history_date - earlier.history_date


def _title(record) -> str:
    """From the record's own fields, since objects that it points to may be gone."""
    names = ("key", "name", "title", "speaker", "text")
    title = next(value for name in names if (value := getattr(record, name, "")))[:60]
    return title if "“" in title else f"“{title}”"
