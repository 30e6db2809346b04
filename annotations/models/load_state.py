from django.db import models

from essays.models import Essay


class Load(models.Model):
    """The state of the files at an essay's last load; the next load compares with it."""

    essay = models.OneToOneField(Essay, models.CASCADE, related_name="load")
    state = models.JSONField()
    at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"{self.essay}, loaded {self.at:%d %B %Y}"
