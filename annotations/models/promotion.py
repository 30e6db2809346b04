from django.conf import settings
from django.db import models
from django.utils import timezone

from annotations.models.gloss import Gloss
from annotations.models.note import Note
from annotations.models.written import NotAllowed


class Promotion(models.Model):
    """The editors' request to make a gloss of a reader's note, and the author's answer.

    It is deleted with its note; then the gloss stays, without the credit.
    """

    class Answer(models.TextChoices):
        ASKED = "asked", "waits for its author"
        AGREED = "agreed", "its author agreed"
        DECLINED = "declined", "its author declined"

    note = models.OneToOneField(Note, models.CASCADE, related_name="promotion")
    gloss = models.OneToOneField(
        Gloss, models.SET_NULL, null=True, blank=True, related_name="promotion", editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(
        max_length=8, choices=Answer, default=Answer.ASKED, editable=False, db_index=True
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "note to make a gloss of"
        verbose_name_plural = "notes to make glosses of"

    def __str__(self):
        return f"{self.note}, {self.get_answer_display()}"

    @property
    def waits_for_gloss(self):
        return self.answer == self.Answer.AGREED and self.gloss_id is None

    def give(self, answer: str) -> None:
        """Save the author's answer. Raises NotAllowed once the gloss is made."""
        if self.gloss_id:
            raise NotAllowed(
                "The gloss is made already. Write to the editors if you want it taken out; "
                "your name goes from it when you keep the note for you only or delete it."
            )
        self.answer, self.answered_at = answer, timezone.now()
        self.save(update_fields=["answer", "answered_at"])
