from django.conf import settings
from django.db import models
from django.db.models import Q

from annotations.models.note import Note, Reply
from readers.models import Reader


class Flag(models.Model):
    """A reader's report of a note or reply."""

    class Reason(models.TextChoices):
        SPOILER = "spoiler", "It gives the film away"
        ABUSE = "abuse", "It attacks somebody"
        SPAM = "spam", "It advertises"
        OTHER = "other", "Something else"

    note = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="flags")
    reply = models.ForeignKey(Reply, models.CASCADE, null=True, blank=True, related_name="flags")
    reader = models.ForeignKey(Reader, models.PROTECT, related_name="flags")
    reason = models.CharField(max_length=7, choices=Reason)
    remark = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="flag_is_on_one_thing",
                condition=Q(note__isnull=False, reply=None) | Q(note=None, reply__isnull=False),
            ),
            models.UniqueConstraint("note", "reader", name="note_is_flagged_once_by_each"),
            models.UniqueConstraint("reply", "reader", name="reply_is_flagged_once_by_each"),
        ]

    def __str__(self):
        return self.get_reason_display()


class ModerationAct(models.Model):
    """A row of the moderators' log, without the words that it is about."""

    class Verb(models.TextChoices):
        APPROVE = "approve", "approved"
        HIDE = "hide", "hid"
        BLOCK = "block", "blocked"
        UNBLOCK = "unblock", "unblocked"
        SETTLE = "settle", "settled a flag on"

    verb = models.CharField(max_length=7, choices=Verb)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reader = models.ForeignKey(Reader, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=30, blank=True, help_text="As in “note 12”.")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.get_verb_display()} {self.what}"
