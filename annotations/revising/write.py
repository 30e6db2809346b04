"""Save a change: new versions, new places, and a history row for each anchor."""

from collections.abc import Iterable
from itertools import groupby

from annotations.revising.carry_anchors import PLACE
from annotations.revising.plan import Plan
from annotations.revising.report import Fate
from essays.models import Passage, PassageRevision, Revision

BATCH_SIZE = 500
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
        # Ten times as fast as bulk_update, whose CASE grows with every row.
        kind.objects.bulk_create(
            [fate.anchor for fate in of_kind],
            batch_size=BATCH_SIZE,
            update_conflicts=True,
            update_fields=PLACE,
            unique_fields=["pk"],
        )
        record = kind._meta.get_field("changes")
        rows = [
            record.related_model(**{record.field.name: fate.anchor}, **_row(fate, revision))
            for fate in of_kind
            if not fate.stays_lost
        ]
        record.related_model.objects.bulk_create(rows, batch_size=BATCH_SIZE)


def _row(fate: Fate, revision: Revision | None) -> dict:
    return {
        "revision": revision,
        "old_passage": fate.old_passage,
        "new_passage": fate.new_passage,
        "old_words": fate.old_words,
        "new_words": fate.new_words,
        "state": fate.anchor.state,
        "score": fate.anchor.score,
    }
