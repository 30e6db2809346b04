import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from annotations.models.anchor import Anchor, AnchorQuerySet
from essays import markup
from essays.models import Essay
from readers.models import Reader

LONGEST_BODY = 5000
UNDO = timedelta(minutes=10)


class Audience(models.TextChoices):
    PRIVATE = "private", "only you"
    PUBLIC = "public", "anyone"


class Standing(models.TextChoices):
    """Whether others may see public words; a private note's is not asked."""

    WAITING = "waiting", "waiting for approval"
    SHOWN = "shown"
    HIDDEN = "hidden", "hidden by a moderator"


class Written(models.Model):
    """Words of a reader. `deleted_at` is set for as long as a deletion can be undone."""

    reader = models.ForeignKey(Reader, models.PROTECT, related_name="%(class)s_set")
    body = models.TextField(blank=True, max_length=LONGEST_BODY)
    html = models.TextField(blank=True, editable=False)
    standing = models.CharField(max_length=7, choices=Standing, default=Standing.WAITING)
    hidden_because = models.CharField(max_length=300, blank=True)
    token = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False, help_text="Makes a repeated save harmless."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs):
        self.html = markup.render_note(self.body).html if self.body else ""
        super().save(**kwargs)

    @property
    def can_be_restored(self):
        return self.deleted_at is not None and timezone.now() < self.deleted_at + UNDO


class NoteQuerySet(AnchorQuerySet):
    def present(self):
        """Those that are not deleted, whether or not that can still be undone."""
        return self.filter(deleted_at=None)

    def of(self, reader):
        """A reader's own."""
        return self.present().filter(reader=reader) if reader else self.none()

    def public(self):
        """Those that anyone may see."""
        return self.present().filter(
            audience=Audience.PUBLIC, standing=Standing.SHOWN, reader__blocked_at=None
        )

    def visible_to(self, reader):
        """The reader's own, and what anyone may see (product law 2)."""
        shown = Q(audience=Audience.PUBLIC, standing=Standing.SHOWN, reader__blocked_at=None)
        return self.present().filter(shown | Q(reader=reader) if reader else shown)

    def in_reading_order(self):
        return self.order_by("essay", F("passage__number").asc(nulls_last=True), "start", "pk")


class Note(Anchor, Written):
    """A reader's annotation on a phrase or a whole passage; without a body, a highlight."""

    class Colour(models.TextChoices):
        AMBER = "amber"
        ROSE = "rose"
        GREEN = "green"
        BLUE = "blue"

    essay = models.ForeignKey(Essay, models.PROTECT, related_name="notes")
    colour = models.CharField(max_length=5, choices=Colour, default=Colour.AMBER)
    audience = models.CharField(max_length=7, choices=Audience, default=Audience.PRIVATE)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    reply_count = models.PositiveIntegerField(default=0, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["reader", "essay"], name="note_by_reader"),
            models.Index(fields=["passage", "audience", "standing", "-id"], name="note_by_passage"),
            models.Index(
                fields=["deleted_at"], name="note_to_purge", condition=Q(deleted_at__isnull=False)
            ),
        ]

    def __str__(self):
        return f"Note {self.pk}"

    def get_absolute_url(self):
        return reverse("note_detail", args=[self.pk])

    @property
    def is_public(self):
        return self.audience == Audience.PUBLIC

    @property
    def is_highlight(self):
        return not self.body


class ReplyQuerySet(models.QuerySet):
    def visible_to(self, reader):
        shown = Q(standing=Standing.SHOWN, reader__blocked_at=None)
        return self.filter(deleted_at=None).filter(shown | Q(reader=reader) if reader else shown)


class Reply(Written):
    """Words under a note, one level deep; always for anyone who may see the note."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="replies")

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "replies"

    def __str__(self):
        return f"Reply {self.pk}"

    def get_absolute_url(self):
        return f"{reverse('note_detail', args=[self.note_id])}#reply-{self.pk}"
