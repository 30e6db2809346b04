from django.db import models
from django.urls import reverse

from essays.change_history import History


class WorkKind(models.TextChoices):
    FILM = "film"
    BOOK = "book"
    SERIES = "series"


class Work(models.Model):
    """A film, book or series."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=WorkKind, default=WorkKind.FILM)
    creator = models.CharField(max_length=200, blank=True)
    credit = models.CharField(
        max_length=200, blank=True, help_text="As in “written and directed by Spike Jonze”."
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    history = History()

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return f"{self.title} ({self.year})" if self.year else self.title

    def get_absolute_url(self):
        return reverse("work_detail", args=[self.slug])

    @property
    def byline(self):
        """Who made it, as it follows a title; empty if nobody is named."""
        return self.credit or (f"by {self.creator}" if self.creator else "")
