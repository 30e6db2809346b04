from django.db import models

from essays.models.essay import Essay


class FormerAddress(models.Model):
    """A slug that an essay bore; every URL under it leads to the same URL under today's."""

    slug = models.SlugField(max_length=60, unique=True)
    essay = models.ForeignKey(Essay, models.CASCADE, related_name="former_addresses")

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "former addresses"

    def __str__(self):
        return f"/{self.slug}/, now {self.essay.get_absolute_url()}"
