from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models, transaction
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone

from essays.change_history import History
from essays.colour import COLOUR_PATTERN
from essays.identifiers import refuse_reserved, validate_language
from essays.models.work import Work
from essays.transactions import lock

# Not in the history: a secret, and values derived from other rows.
WITHOUT_HISTORY = ["counter", "preview_token", "preview_expires_at", "corrected_on"]


class EssayQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Essay.Status.PUBLISHED)

    def due(self):
        """Drafts whose publication time has come."""
        return self.filter(status=Essay.Status.DRAFT, publish_at__lte=timezone.now())

    def at(self, slug):
        """The essay with this slug, or that had it before."""
        moved = Essay.objects.filter(former_addresses__slug=slug)
        return self.filter(Q(slug=slug) | Q(pk__in=moved.values("pk")))

    def previewed_by(self, tokens):
        """Drafts that these tokens of preview links show."""
        has_time = Q(preview_expires_at=None) | Q(preview_expires_at__gt=timezone.now())
        return self.filter(has_time, status=Essay.Status.DRAFT, preview_token__in=tokens)

    def bump_counters(self):
        """Count a change of their pages, whose cached copies are then out of date."""
        with transaction.atomic(savepoint=False):
            pks = [essay.pk for essay in lock(self.only("pk"))]
            return Essay.objects.filter(pk__in=pks).update(counter=F("counter") + 1)


class Essay(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    slug = models.SlugField("address", max_length=60, unique=True, validators=[refuse_reserved])
    title = models.CharField(max_length=200)
    dek = models.CharField(max_length=300, blank=True)
    authors = models.CharField(max_length=200, blank=True)
    language = models.CharField(
        max_length=12, default="en", validators=[validate_language], help_text="As in en or pt-BR."
    )
    date = models.DateField(null=True, blank=True, help_text="When it first appeared, if known.")
    licence = models.CharField(max_length=200, blank=True)
    colour = models.CharField(
        max_length=7,
        default="#3b4a5a",
        validators=[RegexValidator(rf"\A{COLOUR_PATTERN}\Z", "Give the colour as #rrggbb.")],
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
    publish_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When this draft is to be published."
    )
    preview_token = models.CharField(max_length=64, blank=True, editable=False)
    preview_expires_at = models.DateTimeField(null=True, editable=False)
    canonical_url = models.URLField(
        "first published at",
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text="The address of this text elsewhere, if it appeared there first. Search engines "
        "are told to prefer it.",
    )
    corrected_on = models.DateField(null=True, editable=False)
    counter = models.PositiveBigIntegerField(default=0, editable=False)
    history = History(excluded_fields=WITHOUT_HISTORY)

    objects = EssayQuerySet.as_manager()

    class Meta:
        ordering = [F("published_at").desc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(
                fields=["publish_at"], name="essay_due", condition=Q(publish_at__isnull=False)
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("essay_detail", args=[self.slug])

    def clean(self):
        """Refuse the former slug of another essay, which still leads there."""
        other = Essay.objects.filter(former_addresses__slug=self.slug).exclude(pk=self.pk).first()
        if other:
            message = f"“{self.slug}” was the address of “{other}” and still leads there. "
            raise ValidationError({"slug": message + "Choose another."})

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED

    @property
    def is_draft(self):
        return not self.is_published

    @property
    def preview_has_expired(self):
        return self.preview_expires_at is not None and self.preview_expires_at <= timezone.now()

    @property
    def first_home(self):
        """The host of the site that published it first."""
        return (urlsplit(self.canonical_url).hostname or "").removeprefix("www.")

    def date_corrections(self):
        """Update `corrected_on`, the date of the newest correction."""
        newest = self.corrections.aggregate(newest=Max("date"))["newest"]
        if newest != self.corrected_on:
            self.corrected_on = newest
            self.save_without_historical_record(update_fields=["corrected_on"])


class EssayWork(models.Model):
    essay = models.ForeignKey(Essay, models.CASCADE)
    work = models.ForeignKey(Work, models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("essay", "work", name="essay_is_about_a_work_once")]

    def __str__(self):
        return f"{self.essay} is about {self.work}"
