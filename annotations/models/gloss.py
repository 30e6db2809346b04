from django.db import models
from django.db.models import Q
from django.urls import reverse

from annotations.models.anchor import Anchor
from annotations.models.quotation import Quotation
from annotations.models.theme import Theme
from essays import markup
from essays.change_history import History
from essays.models import Essay, Passage, Work

# Not in the history: GlossChange records what an edit of the text does to the place.
PLACE = ["start", "end", "state", "score", "candidates", "original_start", "original_end"]


class Gloss(Anchor):
    """An editor's annotation on a phrase or a whole passage."""

    essay = models.ForeignKey(Essay, models.PROTECT, related_name="glosses")
    key = models.CharField(max_length=40)
    source = models.TextField("text", help_text="Markdown: emphasis and links.")
    html = models.TextField(editable=False)
    history = History(excluded_fields=[*PLACE, "original", "prefix", "suffix", "html"])

    is_visible_to_others = True

    class Meta:
        verbose_name_plural = "glosses"
        ordering = ["passage__number", "start", "pk"]
        constraints = [models.UniqueConstraint("essay", "key", name="gloss_key_is_its_own")]

    def __str__(self):
        return self.key

    def save(self, **kwargs):
        self.html = markup.render_gloss(self.source).html
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("gloss_detail", args=[self.pk])

    @property
    def mark_classes(self):
        """`theme` if all its links lead to themes, `plain` if it has no links."""
        kinds = {link.kind for link in self.links.all()}
        if not kinds:
            return ("plain",)
        return ("theme",) if kinds == {"theme"} else ()

    @property
    def made_of(self):
        """The reader's note that it was made from, if anyone can read it."""
        promotion = getattr(self, "promotion", None)
        if promotion is None:
            return None
        note = promotion.note
        return note if note.is_visible_to_others and not note.reader.is_blocked else None


class GlossLink(models.Model):
    """A link from a gloss to a theme, quotation, work or passage, with its reason."""

    class Relation(models.TextChoices):
        SOURCE = "source"
        ECHO = "echo"
        CONTRAST = "contrast"
        ILLUSTRATION = "illustration"
        CONTEXT = "context"

    TARGETS = ("theme", "quotation", "work", "passage")

    gloss = models.ForeignKey(Gloss, models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField(default=0)
    relation = models.CharField(max_length=12, choices=Relation)
    reason = models.TextField()
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="links")
    quotation = models.ForeignKey(
        Quotation, models.PROTECT, null=True, blank=True, related_name="links"
    )
    work = models.ForeignKey(Work, models.PROTECT, null=True, blank=True, related_name="links")
    passage = models.ForeignKey(
        Passage, models.PROTECT, null=True, blank=True, related_name="links"
    )
    phrase = models.TextField(blank=True, help_text="The words of that passage, if not all of it.")
    history = History()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="gloss_link_points_to_one_thing",
                condition=(
                    Q(theme__isnull=False, quotation=None, work=None, passage=None)
                    | Q(theme=None, quotation__isnull=False, work=None, passage=None)
                    | Q(theme=None, quotation=None, work__isnull=False, passage=None)
                    | Q(theme=None, quotation=None, work=None, passage__isnull=False)
                ),
            )
        ]

    def __str__(self):
        return f"{self.relation}: {self.target}"

    @property
    def kind(self):
        """Which of TARGETS it points to."""
        return next(name for name in self.TARGETS if getattr(self, f"{name}_id"))

    @property
    def target(self):
        return getattr(self, self.kind)
