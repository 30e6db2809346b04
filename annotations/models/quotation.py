from django.db import models
from django.urls import reverse

from essays.change_history import History
from essays.models import Passage, Work


class Quotation(models.Model):
    """Words from a work, and the passage with these words, if any."""

    slug = models.SlugField(max_length=60, unique=True)
    text = models.TextField()
    work = models.ForeignKey(Work, models.PROTECT, related_name="quotations")
    speaker = models.CharField(max_length=120, blank=True)
    place = models.CharField(
        max_length=120, blank=True, help_text="Where in the work: a page, a chapter, a timecode."
    )
    passage = models.ForeignKey(
        Passage, models.PROTECT, null=True, blank=True, related_name="quotations"
    )
    history = History()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.speaker or self.work}: {self.text[:60]}"

    def get_absolute_url(self):
        return reverse("quotation_detail", args=[self.pk])

    @property
    def is_whole_passage(self):
        """Whether it is the whole text of its passage."""
        return self.passage is not None and self.passage.text == self.text
