from django.db import models
from django.urls import reverse

from essays.change_history import History


class Theme(models.Model):
    """An idea that runs through essays. It gives no plot away, so it is never behind a veil."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    definition = models.TextField()
    history = History()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("theme_detail", args=[self.slug])
