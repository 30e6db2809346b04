"""Delete readers' words for good once their deletion can no longer be undone.

Only `manage.py tick` calls `purge_deleted`, never a request: a failing purge must not change the
answer for a note that was saved. Until the next tick the rows are there, but no page shows them.
"""

from django.utils import timezone

from annotations.models import UNDO_PERIOD, Note, Reply


def purge_deleted() -> None:
    past = timezone.now() - UNDO_PERIOD
    erase(Reply.objects.filter(deleted_at__lt=past), Note.objects.filter(deleted_at__lt=past))


def erase(replies, notes) -> None:
    """Delete these rows; a note that still has replies stays without its words, to hold them."""
    replies.delete()
    notes.filter(replies=None).delete()
    notes.exclude(body="").update(body="", html="", stems="", references={}, hidden_because="")
