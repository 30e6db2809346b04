"""Publishing an essay, now or at a set time, unpublishing it, and the link that shows a draft.

Each function reads the essay again under a lock, changes it, and returns that fresh instance; the
one that was passed in stays as it was.
"""

import secrets
from datetime import datetime

from django.utils import timezone

from annotations.revising import bump_counters, lock
from essays.errors import Refusal
from essays.models import Essay
from essays.transactions import writing
from essays.versions import publish_versions

TOKEN_BYTES = 24


class NotPublished(Refusal):
    """An essay that cannot be published, scheduled, taken down or shown by a link."""


@writing
def publish(essay: Essay, *, keep_date: bool = False) -> Essay:
    """Publish it now; `keep_date` keeps the date of an earlier publication, if there was one."""
    essay = lock(essay)
    _check(essay)
    earlier = essay.published_at if keep_date else None
    set_published(essay, earlier or timezone.now())
    return essay


@writing
def schedule(essay: Essay, at) -> Essay:
    """Publish it at a time in the future."""
    essay = lock(essay)
    _check(essay)
    if at <= timezone.now():
        raise NotPublished("That time has passed. Give one to come, or publish it now.")
    essay.publish_at = at
    essay.save(update_fields=["publish_at"])
    return essay


@writing
def cancel(essay: Essay) -> Essay:
    """Forget the time at which a draft was to be published."""
    essay = lock(essay)
    if essay.is_published:
        raise NotPublished("It is published already. You can unpublish it.")
    essay.publish_at = None
    essay.save(update_fields=["publish_at"])
    return essay


@writing
def unpublish(essay: Essay) -> Essay:
    """Make it a draft again, without a preview link. Its notes stay in their authors' notebooks."""
    essay = lock(essay)
    essay.status, essay.publish_at, essay.preview_token = Essay.Status.DRAFT, None, ""
    essay.save(update_fields=["status", "publish_at", "preview_token"])
    bump_counters(essay)
    return essay


def publish_due() -> None:
    """Publish the drafts whose time has come.

    Only `manage.py tick` calls it, never a request: reading must not wait for a lock.
    """
    for essay in Essay.objects.due():
        _publish_due(essay)


@writing
def make_link(essay: Essay, *, expires_at: datetime | None = None) -> Essay:
    """Give a draft a preview link that nobody can guess, in place of an earlier one.

    It works until it is withdrawn, or until `expires_at`.
    """
    essay = lock(essay)
    if essay.is_published:
        raise NotPublished("It is published: everybody can read it at its address.")
    essay.preview_token = secrets.token_urlsafe(TOKEN_BYTES)
    essay.preview_expires_at = expires_at
    essay.save_without_historical_record(update_fields=["preview_token", "preview_expires_at"])
    return essay


@writing
def withdraw_link(essay: Essay) -> Essay:
    essay = lock(essay)
    essay.preview_token = ""
    essay.save_without_historical_record(update_fields=["preview_token"])
    return essay


def _check(essay: Essay) -> None:
    if essay.is_published:
        raise NotPublished("It is published already.")
    if not essay.passages.current().exists():
        raise NotPublished("It has no passage yet. Write one first.")


@writing
def _publish_due(essay: Essay) -> None:
    lock(essay)
    # An editor may have published it, or changed the time, while this waited for the lock.
    if essay := Essay.objects.due().filter(pk=essay.pk).first():
        essay._change_reason = "Its time had come"
        set_published(essay, essay.publish_at)


def set_published(essay: Essay, published_at) -> None:
    """Publish an essay that this transaction has locked or made."""
    essay.status, essay.published_at = Essay.Status.PUBLISHED, published_at
    essay.publish_at = None
    essay.save(update_fields=["status", "published_at", "publish_at"])
    publish_versions(essay)
    bump_counters(essay)
