import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from annotations.text import references
from essays import markup
from essays.errors import Refusal
from essays.models import Essay
from readers.models import Reader

MAX_BODY_LENGTH = 5000
UNDO = timedelta(minutes=10)


class NotAllowed(Refusal):
    """What a reader may not do with their words."""


class Standing(models.TextChoices):
    """Whether others may see public words; a private note's is not asked."""

    WAITING = "waiting", "waiting for approval"
    SHOWN = "shown"
    HIDDEN = "hidden", "hidden by a moderator"

    @classmethod
    def first(cls) -> "Standing":
        """How public words begin on this site."""
        return cls.SHOWN if settings.PUBLIC_NOTES == "open" else cls.WAITING


class Written(models.Model):
    """Words of a reader. `deleted_at` is set for as long as a deletion can be undone.

    `references` keeps, for each `#7` in the words, the key of the passage that it meant.
    """

    reader = models.ForeignKey(Reader, models.PROTECT, related_name="%(class)s_set")
    body = models.TextField(blank=True, max_length=MAX_BODY_LENGTH)
    html = models.TextField(blank=True, editable=False)
    references = models.JSONField(default=dict, blank=True, editable=False)
    standing = models.CharField(max_length=7, choices=Standing, default=Standing.WAITING)
    hidden_because = models.CharField(max_length=300, blank=True)
    token = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False, help_text="Makes a repeated save harmless."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    DERIVED = ("html", "references")

    class Meta:
        abstract = True

    def save(self, *, update_fields=None, **kwargs):
        if update_fields is None or "body" in update_fields:
            self.render()
            update_fields = update_fields and [*update_fields, *self.DERIVED]
        super().save(update_fields=update_fields, **kwargs)

    def render(self):
        """Derive `html` from `body`. Raises markup.MarkupError."""
        html = markup.render_note(self.body).html if self.body else ""
        numbers = references.numbers_in(html)
        kept = {n: key for n, key in self.references.items() if n in numbers}
        found = self.essay.passages.filter(number__in=numbers - kept.keys())
        new = {str(n): key for n, key in found.values_list("number", "key")} if numbers else {}
        self.references = {**kept, **new}
        place = self.essay.get_absolute_url()
        addresses = {number: f"{place}#{key}" for number, key in self.references.items()}
        self.html = references.linked(html, addresses) if addresses else html

    def edit(self, body: str, **values):
        """Say something else. Where public words are approved, these have to be again."""
        with self.counted():
            if body != self.body and self.standing == Standing.SHOWN:
                self.standing = Standing.first()
            self.body, self.edited_at = body, timezone.now()
            for name, value in values.items():
                setattr(self, name, value)
            self.save(update_fields=["body", "edited_at", "standing", *values])

    def remove(self):
        """Delete, which can be undone for ten minutes; then the words are gone for good."""
        with self.counted():
            self.deleted_at = timezone.now()
            self.save(update_fields=["deleted_at"])

    def restore(self):
        """Undo the deletion. Raises NotAllowed once it is too late."""
        if not self.can_be_restored:
            raise NotAllowed("This was deleted more than ten minutes ago, and its words are gone.")
        with self.counted():
            self.deleted_at = None
            self.save(update_fields=["deleted_at"])

    @contextmanager
    def counted(self):
        """Change it in a transaction, and count that on its essay if others can see the change."""
        with transaction.atomic():
            was_shown = self.is_shown
            yield
            if was_shown or self.is_shown:
                Essay.objects.filter(pk=self.essay.pk).bump_counters()

    @property
    def can_be_restored(self):
        return self.deleted_at is not None and timezone.now() < self.deleted_at + UNDO
