"""Whether readers find an essay: published now or at a time, taken down, shown by a link.

Each takes an essay as it was read and changes it as it is; what it returns is the latter.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from annotations.revising import touch
from essays.models import Essay

BYTES = 24


class NotPublished(Exception):
    """`message` says in a sentence why not."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def publish(essay: Essay, *, keep_date: bool = False) -> Essay:
    """Let readers find it from now on; with `keep_date` as of when it was published before."""
    with _locked(essay) as essay:
        _check(essay)
        kept = essay.published_at if keep_date else None
        _become_published(essay, kept or timezone.now())
    return essay


def schedule(essay: Essay, at) -> Essay:
    """Let readers find it from a time on that is still to come."""
    with _locked(essay) as essay:
        _check(essay)
        if at <= timezone.now():
            raise NotPublished("That time has passed. Give one to come, or publish it now.")
        essay.publish_at = at
        essay.save(update_fields=["publish_at"])
    return essay


def cancel(essay: Essay) -> Essay:
    """Let it stay a draft, whatever time was set."""
    with _locked(essay) as essay:
        if essay.is_published:
            raise NotPublished("It is published already. You can unpublish it.")
        essay.publish_at = None
        essay.save(update_fields=["publish_at"])
    return essay


def unpublish(essay: Essay) -> Essay:
    """Take it down. Its notes stay in their authors' notebooks; its preview link ends."""
    with _locked(essay) as essay:
        essay.status, essay.publish_at, essay.preview_token = Essay.Status.DRAFT, None, ""
        essay.save(update_fields=["status", "publish_at", "preview_token"])
        touch(essay)
    return essay


def publish_due() -> bool:
    """Publish the drafts whose time has come; whether there was one. One query if there is none."""
    due = Essay.objects.due().values_list("pk", flat=True)
    published = [_publish_due(pk) for pk in due]
    return any(published)


def make_link(essay: Essay) -> Essay:
    """Give it a preview link that nobody can guess; the one before shows nothing any more."""
    with _locked(essay) as essay:
        if essay.is_published:
            raise NotPublished("It is published: everybody can read it at its address.")
        essay.preview_token = secrets.token_urlsafe(BYTES)
        essay.save_without_historical_record(update_fields=["preview_token"])
    return essay


def withdraw_link(essay: Essay) -> Essay:
    with _locked(essay) as essay:
        essay.preview_token = ""
        essay.save_without_historical_record(update_fields=["preview_token"])
    return essay


@contextmanager
def _locked(essay: Essay) -> Iterator[Essay]:
    with transaction.atomic():
        yield Essay.objects.select_for_update().get(pk=essay.pk)


def _check(essay: Essay) -> None:
    if essay.is_published:
        raise NotPublished("It is published already.")
    if not essay.passages.current().exists():
        raise NotPublished("It has no passage yet. Write one first.")


def _publish_due(pk: int) -> bool:
    with transaction.atomic():
        # Whoever waited here for another request finds it published, and so not due.
        essay = Essay.objects.due().select_for_update().filter(pk=pk).first()
        if essay is None:
            return False
        # The reader whose request this happens to be did not publish it.
        essay._history_user, essay._change_reason = None, "Its time had come"
        _become_published(essay, essay.publish_at)
        return True


def _become_published(essay: Essay, published_at) -> None:
    essay.status, essay.published_at = Essay.Status.PUBLISHED, published_at
    essay.publish_at = None
    essay.save(update_fields=["status", "published_at", "publish_at"])
    touch(essay)
