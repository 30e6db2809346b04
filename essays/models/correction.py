from django.db import models
from django.utils import timezone

from essays import markup
from essays.change_history import History
from essays.models.essay import Essay


class Correction(models.Model):
    """A correction of an essay after its publication, with its date."""

    essay = models.ForeignKey(Essay, models.CASCADE, related_name="corrections")
    date = models.DateField(default=timezone.localdate)
    source = models.TextField(
        "what was corrected",
        help_text="Markdown: emphasis and links. It stands outside the veil, for everybody and for "
        "search engines: quote nothing that gives the film away.",
    )
    html = models.TextField(editable=False)
    history = History(excluded_fields=["html"])

    class Meta:
        ordering = ["-date", "-pk"]

    def __str__(self):
        return f"Correction of {self.date:%d %B %Y}"

    def save(self, **kwargs):
        self.html = markup.render_gloss(self.source).html
        super().save(**kwargs)

    @property
    def text(self):
        return markup.render_gloss(self.source).text
