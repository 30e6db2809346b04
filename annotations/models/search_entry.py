from django.db import models
from django.db.models import Q

from annotations.models.quotation import Quotation
from annotations.models.theme import Theme
from essays.models import Essay, Passage


class SearchEntry(models.Model):
    """The stems of the title and the text of one essay, passage, theme or quotation.

    Only `annotations.search.reindex` writes it. On SQLite three triggers carry each row into the
    full-text table `search_index`; a migration that alters this table drops them there and must
    make them again. On PostgreSQL a generated column `vector` holds the same.
    """

    INDEXED = ("essay", "theme", "quotation", "passage")

    essay = models.OneToOneField(Essay, models.CASCADE, null=True, related_name="+")
    passage = models.OneToOneField(Passage, models.CASCADE, null=True, related_name="+")
    theme = models.OneToOneField(Theme, models.CASCADE, null=True, related_name="+")
    quotation = models.OneToOneField(Quotation, models.CASCADE, null=True, related_name="+")
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            models.CheckConstraint(
                name="search_entry_is_of_one_thing",
                condition=(
                    Q(essay__isnull=False, passage=None, theme=None, quotation=None)
                    | Q(essay=None, passage__isnull=False, theme=None, quotation=None)
                    | Q(essay=None, passage=None, theme__isnull=False, quotation=None)
                    | Q(essay=None, passage=None, theme=None, quotation__isnull=False)
                ),
            )
        ]

    def __str__(self):
        return f"{self.kind} {getattr(self, f'{self.kind}_id')}"

    @property
    def kind(self):
        """Which of INDEXED it belongs to."""
        return next(name for name in self.INDEXED if getattr(self, f"{name}_id"))
