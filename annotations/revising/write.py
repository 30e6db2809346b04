"""Save a change: new versions, new places, and a history row for each anchor."""

import json
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from django.db import connection
from django.utils import timezone

from annotations.models import Anchor
from annotations.revising.plan import Plan
from annotations.revising.report import Fate
from essays.models import Passage, PassageRevision, Revision

BATCH_SIZE = 500
# The others have an index each, which is not to be written for nothing.
IN_PLACE = ("start", "end", "score")
MOVED = (*IN_PLACE, "passage_id", "state")
CHANGE = [
    *("revision", "at", "old_passage", "new_passage", "old_words", "new_words", "state", "score"),
]
VERSIONED = ("kind", "runs_on", "source", "html", "text", "render_version", "version", "number")


def write_passages(plan: Plan, revision: Revision) -> None:
    """Save the changed passages, with a new version for each unless only its number changed."""
    for passage in plan.written:
        passage.version += 1
        passage.save()
    Passage.objects.bulk_update(plan.reordered, ["number"], batch_size=BATCH_SIZE)
    versions = [
        PassageRevision(
            passage=passage,
            revision=revision,
            was_published=revision.essay.is_published,
            **{name: getattr(passage, name) for name in VERSIONED},
        )
        for passage in plan.written
    ]
    PassageRevision.objects.bulk_create(versions, batch_size=BATCH_SIZE)


def refresh_passages(plan: Plan) -> None:
    """Save the HTML of a newer renderer for passages whose text does not change."""
    Passage.objects.bulk_update(plan.refreshed, ["html", "render_version"], batch_size=BATCH_SIZE)


def write_anchors(fates: Iterable[Fate], revision: Revision | None) -> None:
    """Save the new places of anchors, and a history row for each.

    `fates` must be grouped by the model of their anchors.
    """
    for kind, group in groupby(fates, lambda fate: type(fate.anchor)):
        of_kind = list(group)
        for columns, in_place in ((MOVED, False), (IN_PLACE, True)):
            anchors = [fate.anchor for fate in of_kind if fate.stays_in_place == in_place]
            _write_places(kind, columns, anchors)
        _write_history(kind, [fate for fate in of_kind if not fate.stays_lost], revision)


# In SQL, since Django takes three seconds for ten thousand anchors, and holds the lock meanwhile.


def _write_places(kind: type[Anchor], columns: tuple[str, ...], anchors: list[Anchor]) -> None:
    places = ", ".join(f'"{column}" = %s' for column in columns)
    values = attrgetter(*columns)
    rows = [
        (json.dumps(one.candidates) if one.candidates else "[]", *values(one), one.pk)
        for one in anchors
    ]
    update = f'UPDATE "{kind._meta.db_table}" SET candidates = %s, {places} WHERE id = %s'
    with connection.cursor() as cursor:
        cursor.executemany(update, rows)


def _write_history(kind: type[Anchor], fates: list[Fate], revision: Revision | None) -> None:
    record = kind._meta.get_field("changes")
    model, now = record.related_model, connection.ops.adapt_datetimefield_value(timezone.now())
    names = [record.field.name, *CHANGE]
    columns = ", ".join(f'"{model._meta.get_field(name).column}"' for name in names)
    values = ", ".join(["%s"] * len(names))
    rows = [
        (
            fate.anchor.pk,
            revision and revision.pk,
            now,
            fate.old_passage.pk,
            fate.new_passage.pk,
            fate.old_words,
            fate.new_words,
            fate.anchor.state,
            fate.anchor.score,
        )
        for fate in fates
    ]
    with connection.cursor() as cursor:
        insert = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({values})'
        cursor.executemany(insert, rows)
