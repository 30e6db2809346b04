from django.conf import settings
from django.db import models
from django.urls import reverse

from essays.models.essay import Essay
from essays.models.passage import Passage, PassageText


class Revision(models.Model):
    """One edit of an essay, with the passage versions that it created."""

    class Origin(models.TextChoices):
        SITE = "site"
        FILE = "file"

    essay = models.ForeignKey(Essay, models.PROTECT, related_name="revisions")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    origin = models.CharField(max_length=4, choices=Origin, default=Origin.SITE)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.essay}, {self.at:%d %B %Y %H:%M}"


class PassageRevisionQuerySet(models.QuerySet):
    def published(self):
        """Versions that readers could see at some time. The others stay with the editors."""
        return self.filter(was_published=True)


class PassageRevision(PassageText):
    """A passage after a revision; `number` is null if the revision retired it."""

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="versions")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="passages")
    version = models.PositiveIntegerField()
    number = models.PositiveIntegerField(null=True)
    was_published = models.BooleanField(default=False)

    objects = PassageRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["passage", "-version"]
        constraints = [models.UniqueConstraint("passage", "version", name="version_is_its_own")]

    def __str__(self):
        return f"{self.passage}, version {self.version}"

    def get_absolute_url(self):
        place = [self.passage.essay.slug, self.passage.key]
        return f"{reverse('passage_versions', args=place)}#v{self.version}"
