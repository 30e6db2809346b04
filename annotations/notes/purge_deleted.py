"""Delete readers' words for good once their deletion can no longer be undone.

Only `manage.py tick` calls `purge_deleted`, never a request: a failing purge must not change the
answer for a note that was saved. Until the next tick the rows are there, but no page shows them.
"""

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from annotations.models import UNDO_PERIOD, Note, Reply
from essays.models import Essay
from essays.transactions import lock, writing


def purge_deleted() -> None:
    past = timezone.now() - UNDO_PERIOD
    replies, notes = (model.objects.filter(deleted_at__lt=past) for model in (Reply, Note))
    essays = {
        *replies.values_list("note__essay", flat=True),
        *notes.values_list("essay", flat=True),
    }
    for essay in sorted(essays):
        _purge(essay, replies.filter(note__essay=essay), notes.filter(essay=essay))


@writing
def _purge(essay: int, replies, notes) -> None:
    lock(Essay.objects.filter(pk=essay).only("pk"))
    erase(replies, notes)


def erase(replies, notes) -> None:
    """Delete these rows; a note that still has replies stays without its words, to hold them.

    Stored pages go, too: those from before the deletion still have the words.
    """
    replies.delete()
    notes.filter(replies=None).delete()
    notes.exclude(body="").update(body="", html="", stems="", references={}, hidden_because="")
    transaction.on_commit(caches["pages"].clear)
