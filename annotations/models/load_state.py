from django.db import models

from essays.models import Essay


class Load(models.Model):
    """What the files said when an essay was last loaded: the base of the next comparison."""

    essay = models.OneToOneField(Essay, models.CASCADE, related_name="load")
    state = models.JSONField()
    at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"{self.essay}, loaded {self.at:%d %B %Y}"
