from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from essays import markup
from essays.identifiers import refuse_reserved, validate_key
from essays.models.essay import Essay


class PassageQuerySet(models.QuerySet):
    def current(self):
        """Passages that are in the essay today, in reading order."""
        return self.filter(number__isnull=False).order_by("number")

    def retired(self):
        return self.filter(number__isnull=True)

    def for_readers(self):
        """Passages with a page: those of today, and retired ones that readers could see before."""
        seen = Q(versions__was_published=True)
        return self.filter(Q(number__isnull=False) | seen).distinct()


class PassageText(models.Model):
    """The source of a passage, and what is rendered from it.

    `text` is the textContent of `html`; all offsets in the product are code points of it.
    """

    class Kind(models.TextChoices):
        PROSE = "prose"
        HEADING = "heading"
        FILM_LINE = "film-line", "film line"
        BOOK_EXCERPT = "book-excerpt", "book excerpt"
        EPIGRAPH = "epigraph"
        FIGURE = "figure"

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PROSE)
    runs_on = models.BooleanField(
        default=False, help_text="Leads straight into the next passage, as “she says:” does."
    )
    source = models.TextField()
    html = models.TextField(editable=False)
    text = models.TextField(editable=False)
    render_version = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class Passage(PassageText):
    essay = models.ForeignKey(Essay, models.PROTECT, related_name="passages")
    key = models.CharField(max_length=24, validators=[validate_key, refuse_reserved])
    number = models.PositiveIntegerField(
        null=True, blank=True, help_text="Its place today; empty once it is retired."
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    leads_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["essay", F("number").asc(nulls_last=True), "pk"]
        constraints = [models.UniqueConstraint("essay", "key", name="passage_key_is_its_own")]
        indexes = [models.Index("essay", "number", name="passage_place")]

    def __str__(self):
        return f"{self.number or 'retired'} {self.key}"

    def save(self, **kwargs):
        self.render()
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("passage_detail", args=[self.essay.slug, self.key])

    @property
    def name(self) -> str:
        """Its name within a sentence; capitalize it at the beginning of one."""
        return f"passage {self.number}" if self.number else "a passage that was cut"

    def render(self):
        """Render `html` and `text` from `source`. Raises MarkupError."""
        rendered = markup.render_passage(self.source, self.kind, smart=self.essay.smart)
        self.html, self.text = rendered.html, rendered.text
        self.render_version = markup.RENDER_VERSION

    def get_place_url(self):
        """The URL of the passage in the reading page; of its own page if it is retired."""
        if self.number is None:
            return self.get_absolute_url()
        return f"{reverse('essay_detail', args=[self.essay.slug])}#{self.key}"
