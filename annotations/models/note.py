from contextlib import contextmanager

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from annotations.models.anchor import Anchor, AnchorQuerySet
from annotations.models.written import (
    SHOWN_TO_OTHERS,
    UNDO_PERIOD,
    NotAllowed,
    Standing,
    Written,
    WrittenQuerySet,
)
from annotations.text.stems import stems_of_note
from essays.models import Essay


class Audience(models.TextChoices):
    PRIVATE = "private", "only you"
    PUBLIC = "public", "anyone"


class NoteQuerySet(WrittenQuerySet, AnchorQuerySet):
    for_others = SHOWN_TO_OTHERS & Q(audience=Audience.PUBLIC)

    def of(self, reader):
        """Notes of this reader."""
        return self.present().filter(reader=reader) if reader else self.none()

    def on_published_essays(self):
        """Notes on published essays; a draft shows no notes, whoever reads it."""
        return self.filter(essay__status=Essay.Status.PUBLISHED)

    def threads_for(self, reader):
        """Notes whose page `reader` may open, also deleted ones that can be restored or have
        replies."""
        own = Q(reader=reader) if reader else Q(pk=None)
        present, answered = Q(deleted_at=None), Q(reply_count__gt=0, deleted_at__isnull=False)
        recent = present | Q(deleted_at__gt=timezone.now() - UNDO_PERIOD)
        return self.filter(own & (recent | answered) | self.for_others & (present | answered))

    def essays_naming(self, reader):
        """The essays with the reader's name beside public notes or replies."""
        notes = self.public().filter(reader=reader).values_list("essay", flat=True)
        replies = Reply.objects.public().filter(reader=reader)
        return Essay.objects.filter(pk__in={*notes, *replies.values_list("note__essay", flat=True)})

    def in_reading_order(self):
        return self.order_by("essay", F("passage__number").asc(nulls_last=True), "start", "pk")


class Note(Anchor, Written):
    """A reader's annotation on a phrase or a whole passage; a highlight if it has no body."""

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
    stems = models.TextField(blank=True, editable=False)

    DERIVED = (*Written.DERIVED, "stems")

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
        return f"Note {self.public_id}"

    def get_absolute_url(self):
        return reverse("note_detail", args=[self.public_id])

    def render(self):
        super().render()
        self.stems = stems_of_note(self.html)

    @property
    def is_public(self):
        return self.audience == Audience.PUBLIC

    @property
    def is_highlight(self):
        return not self.body

    @property
    def is_answered(self):
        """Whether somebody else has replied, approved or not."""
        return self.replies.exclude(reader=self.reader_id).exists()

    def publish(self):
        """Show it to anyone, after approval if the site asks for that. Raises NotAllowed."""
        if settings.PUBLIC_NOTES == "off":
            raise NotAllowed("Notes are for their authors only on this site. Keep it for you.")
        if self.reader.user_id is None:
            raise NotAllowed("Sign in first: what others can read needs a name beside it.")
        if self.is_highlight:
            raise NotAllowed("Write a few words first: a highlight alone tells others nothing.")
        with self.counting_change():
            if self.standing != Standing.HIDDEN:
                self.standing = Standing.first()
            self.audience, self.published_at = Audience.PUBLIC, timezone.now()
            self.save(update_fields=["audience", "published_at", "standing"])

    def withdraw(self):
        """Make it private. Raises NotAllowed if others have replied (product law 7)."""
        if self.is_answered:
            raise NotAllowed(
                "Others have answered this note, so it stays where they can find it. "
                "You can delete it: your words go, and the answers stay."
            )
        with self.counting_change():
            self.audience, self.published_at = Audience.PRIVATE, None
            self.save(update_fields=["audience", "published_at"])

    def count_replies(self):
        """Update `reply_count`, the number of replies that anyone may see."""
        self.reply_count = self.replies.public().count()
        self.save(update_fields=["reply_count"])


class ReplyQuerySet(WrittenQuerySet):
    def thread_for(self, reader):
        """Replies that `reader` sees under a note, also their deleted ones that can be restored."""
        undoable = Q(deleted_at__gt=timezone.now() - UNDO_PERIOD)
        own = Q(reader=reader) & (Q(deleted_at=None) | undoable) if reader else Q(pk=None)
        return self.filter(self.for_others & Q(deleted_at=None) | own)


class Reply(Written):
    """A reply to a note, one level deep, for anyone who may see the note."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="replies")
    is_public = True

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "replies"
        indexes = [
            models.Index(
                fields=["deleted_at"], name="reply_to_purge", condition=Q(deleted_at__isnull=False)
            ),
        ]

    def __str__(self):
        return f"Reply {self.public_id}"

    def get_absolute_url(self):
        url = reverse("reply_detail", args=[self.note.public_id, self.public_id])
        return f"{url}#reply-{self.public_id}"

    @property
    def essay(self):
        return self.note.essay

    @contextmanager
    def counting_change(self):
        """The same, and updates the reply count of the note."""
        with super().counting_change():
            yield
            self.note.count_replies()
