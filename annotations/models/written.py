import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from annotations.text import references
from essays import markup
from essays.errors import Refusal
from essays.identifiers import PUBLIC_ID_LENGTH, new_public_id
from essays.models import Essay
from essays.transactions import lock
from readers.models import Reader

MAX_BODY_LENGTH = 5000
UNDO_PERIOD = timedelta(minutes=10)


class NotAllowed(Refusal):
    """An action that is not open to this reader."""


class Standing(models.TextChoices):
    """Whether others may see public words; for private notes it does not count."""

    WAITING = "waiting", "waiting for approval"
    SHOWN = "shown"
    HIDDEN = "hidden", "hidden by a moderator"

    @classmethod
    def first(cls) -> "Standing":
        """The standing of new public words on this site."""
        return cls.SHOWN if settings.PUBLIC_NOTES == "open" else cls.WAITING


# What anyone may see of what readers wrote, if it is for anyone at all: product laws 1 and 2.
SHOWN_TO_OTHERS = Q(standing=Standing.SHOWN, reader__blocked_at=None)


class WrittenQuerySet(models.QuerySet):
    """Notes or replies; `for_others` says which of those that are present anyone may see."""

    for_others = SHOWN_TO_OTHERS

    def present(self):
        """What is not deleted, not even for the ten minutes of undo."""
        return self.filter(deleted_at=None)

    def public(self):
        """What anyone may see."""
        return self.present().filter(self.for_others)

    def visible_to(self, reader):
        """What the reader wrote, and what anyone may see."""
        shown = self.for_others | Q(reader=reader) if reader else self.for_others
        return self.present().filter(shown)


class Written(models.Model):
    """A note or reply. `deleted_at` is set while a deletion can be undone.

    People see `public_id`: the primary keys would tell how many private notes lie between two.

    `references` maps each `#7` in the words to the key of the passage with that number then.
    """

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )
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
        known = {n: key for n, key in self.references.items() if n in numbers}
        passages = self.essay.passages.filter(number__in=numbers - known.keys())
        new = {str(n): key for n, key in passages.values_list("number", "key")} if numbers else {}
        self.references = {**known, **new}
        place = self.essay.get_absolute_url()
        addresses = {number: f"{place}#{key}" for number, key in self.references.items()}
        self.html = references.linked(html, addresses) if addresses else html

    def edit(self, body: str, **values):
        """Change the words; approved public words need approval again."""
        with self.counting_change():
            if body != self.body and self.standing == Standing.SHOWN:
                self.standing = Standing.first()
            self.body, self.edited_at = body, timezone.now()
            for name, value in values.items():
                setattr(self, name, value)
            self.save(update_fields=["body", "edited_at", "standing", *values])

    def remove(self):
        """Delete; it can be undone for ten minutes, until the words are purged."""
        with self.counting_change():
            self.deleted_at = timezone.now()
            self.save(update_fields=["deleted_at"])

    def restore(self):
        """Undo the deletion. Raises NotAllowed once it is too late."""
        if not self.can_be_restored:
            raise NotAllowed("This was deleted more than ten minutes ago, and its words are gone.")
        with self.counting_change():
            self.deleted_at = None
            self.save(update_fields=["deleted_at"])

    @contextmanager
    def counting_change(self):
        """A transaction for a change, which bumps the essay's counter if others can see it.

        It locks the essay. To decide by what is saved, the caller has locked the row itself
        (`annotations/notes/locks.py`) and read it then.
        """
        with transaction.atomic():
            lock(Essay.objects.filter(pk=self.essay.pk).only("pk"))
            was_visible = self.is_visible_to_others
            yield
            if was_visible or self.is_visible_to_others:
                Essay.objects.filter(pk=self.essay.pk).bump_counters()

    @property
    def is_visible_to_others(self):
        """The same as `public()` for one row, but for the author, who may be blocked."""
        return self.is_public and self.standing == Standing.SHOWN and self.deleted_at is None

    def is_by(self, reader: Reader | None) -> bool:
        return bool(reader) and self.reader_id == reader.pk

    @property
    def can_be_restored(self):
        return self.deleted_at is not None and timezone.now() < self.deleted_at + UNDO_PERIOD
