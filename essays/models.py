"""The text: works, essays, their passages, and every version of them."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F
from django.urls import reverse
from simple_history.models import HistoricalRecords

from essays import markup
from essays.names import refuse_reserved, validate_key


class Work(models.Model):
    """A film, book or series."""

    class Kind(models.TextChoices):
        FILM = "film"
        BOOK = "book"
        SERIES = "series"

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.FILM)
    creator = models.CharField(max_length=200, blank=True)
    credit = models.CharField(
        max_length=200, blank=True, help_text="As in “written and directed by Spike Jonze”."
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    history = HistoricalRecords()

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


class EssayQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Essay.Status.PUBLISHED)

    def touch(self):
        """Count a change that its reading page may show, so that no cache outlives it."""
        return self.update(counter=F("counter") + 1)


class Essay(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    slug = models.SlugField(max_length=60, unique=True, validators=[refuse_reserved])
    title = models.CharField(max_length=200)
    dek = models.CharField(max_length=300, blank=True)
    authors = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, default="en")
    date = models.DateField(null=True, blank=True, help_text="When it first appeared, if known.")
    licence = models.CharField(max_length=200, blank=True)
    colour = models.CharField(
        max_length=7,
        default="#3b4a5a",
        validators=[RegexValidator(r"\A#[0-9a-fA-F]{6}\Z", "Give the colour as #rrggbb.")],
    )
    smart = models.BooleanField(
        "smart typography", default=False, help_text="Turn plain quotes and hyphens into “ ” and –."
    )
    works = models.ManyToManyField(Work, through="EssayWork", related_name="essays")
    veil_after = models.ForeignKey(
        "Passage", models.PROTECT, null=True, blank=True, related_name="+"
    )
    veil_work = models.ForeignKey(Work, models.PROTECT, null=True, blank=True, related_name="+")
    veil_text = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    counter = models.PositiveBigIntegerField(default=0, editable=False)
    history = HistoricalRecords(excluded_fields=["counter"])

    objects = EssayQuerySet.as_manager()

    class Meta:
        ordering = [F("published_at").desc(nulls_last=True), "-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("essay_detail", args=[self.slug])


class EssayWork(models.Model):
    essay = models.ForeignKey(Essay, models.CASCADE)
    work = models.ForeignKey(Work, models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("essay", "work", name="essay_is_about_a_work_once")]

    def __str__(self):
        return f"{self.essay} is about {self.work}"


class PassageQuerySet(models.QuerySet):
    def current(self):
        """Those that stand in the essay today, in reading order."""
        return self.filter(number__isnull=False).order_by("number")

    def retired(self):
        return self.filter(number__isnull=True)


class PassageText(models.Model):
    """What a passage says, as source and as derived from it.

    `text` is the textContent of `html`; every offset in the product counts its code points.
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

    def render(self):
        """Derive `html` and `text` from `source`. Raises markup.MarkupError."""
        rendered = markup.render_passage(self.source, self.kind, smart=self.essay.smart)
        self.html, self.text = rendered.html, rendered.text
        self.render_version = markup.RENDER_VERSION

    def get_place_url(self):
        """The passage within its essay's reading page; on a page of its own once retired."""
        if self.number is None:
            return self.get_absolute_url()
        return f"{reverse('essay_detail', args=[self.essay.slug])}#{self.key}"


class Revision(models.Model):
    """One edit of an essay: all the passage versions that it wrote."""

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


class PassageRevision(PassageText):
    """A passage as it stood after a revision; `number` is empty where it was retired."""

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="versions")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="passages")
    version = models.PositiveIntegerField()
    number = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["passage", "-version"]
        constraints = [models.UniqueConstraint("passage", "version", name="version_is_its_own")]

    def __str__(self):
        return f"{self.passage}, version {self.version}"

    def get_absolute_url(self):
        place = [self.passage.essay.slug, self.passage.key]
        return f"{reverse('passage_versions', args=place)}#v{self.version}"
