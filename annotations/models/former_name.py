from django.db import models
from django.db.models import Q

from annotations.models.quotation import Quotation
from annotations.models.theme import Theme
from essays.models import Work

THEME = Q(theme__isnull=False, work=None, quotation=None)
WORK = Q(theme=None, work__isnull=False, quotation=None)
QUOTATION = Q(theme=None, work=None, quotation__isnull=False)


class FormerName(models.Model):
    """A former slug of a theme, work or quotation, or of one that was merged into it.

    `was` is the id of the merged one. URLs and files with the former slug lead to the item.
    """

    slug = models.SlugField(max_length=60)
    was = models.PositiveBigIntegerField(null=True)
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, related_name="former_names")
    work = models.ForeignKey(Work, models.CASCADE, null=True, related_name="former_names")
    quotation = models.ForeignKey(Quotation, models.CASCADE, null=True, related_name="former_names")

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="former_name_is_of_one_thing", condition=THEME | WORK | QUOTATION
            ),
            models.UniqueConstraint("slug", name="former_theme_is_one", condition=THEME),
            models.UniqueConstraint("slug", name="former_work_is_one", condition=WORK),
            models.UniqueConstraint("slug", name="former_quotation_is_one", condition=QUOTATION),
        ]

    def __str__(self):
        return self.slug
