from django.db import models

from annotations.models.anchor import Anchor
from annotations.models.gloss import Gloss
from annotations.models.note import Note
from essays.models import Passage, Revision


class AnchorChange(models.Model):
    """What a revision, or a reattachment without one, did to an anchor."""

    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    old_passage = models.ForeignKey(Passage, models.PROTECT, related_name="+")
    new_passage = models.ForeignKey(Passage, models.PROTECT, related_name="+")
    old_words = models.TextField(blank=True)
    new_words = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=Anchor.State)
    score = models.FloatField()

    class Meta:
        abstract = True
        ordering = ["-pk"]


class GlossChange(AnchorChange):
    gloss = models.ForeignKey(Gloss, models.CASCADE, related_name="changes")

    def __str__(self):
        return f"{self.gloss}: {self.state}"


class NoteChange(AnchorChange):
    """Has words of the essay only; deleted with its note."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="changes")

    def __str__(self):
        return f"{self.note}: {self.state}"
