from django.db import models

from essays.models.essay import Essay


class FormerAddress(models.Model):
    """A former slug of an essay; URLs under it lead to the same URLs under the current slug."""

    slug = models.SlugField(max_length=60, unique=True)
    essay = models.ForeignKey(Essay, models.CASCADE, related_name="former_addresses")

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "former addresses"

    def __str__(self):
        return f"/{self.slug}/, now {self.essay.get_absolute_url()}"
