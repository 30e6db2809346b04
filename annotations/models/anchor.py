from django.db import models

from essays.models import Passage, PassageRevision


class AnchorQuerySet(models.QuerySet):
    def placed(self):
        return self.exclude(state=Anchor.State.ORPHANED)

    def orphaned(self):
        return self.filter(state=Anchor.State.ORPHANED)

    def on(self, essay):
        return self.filter(passage__essay=essay)


class Anchor(models.Model):
    """The words of an annotation: as chosen, and their place today.

    `exact`, `prefix`, `suffix` (a W3C TextQuoteSelector) and `original_start`, `original_end`
    (a TextPositionSelector, code points, end exclusive) refer to the passage version `original`
    and change only by reattaching. `passage`, `start` and `end` are the place today. An empty
    `exact` means the whole passage, with offsets 0 and 0. An orphan keeps its last passage, has no
    offsets, and has up to three `candidates` for the place of its words, each
    {"passage": id, "start", "end", "score"}, best first.
    """

    class State(models.TextChoices):
        KEPT = "kept"
        MOVED = "moved"
        CHANGED = "changed"
        ORPHANED = "orphaned"

    passage = models.ForeignKey(Passage, models.PROTECT)
    start = models.PositiveIntegerField(null=True, editable=False)
    end = models.PositiveIntegerField(null=True, editable=False)
    state = models.CharField(
        max_length=8, choices=State, default=State.KEPT, editable=False, db_index=True
    )
    score = models.FloatField(default=1.0, editable=False)
    candidates = models.JSONField(default=list, editable=False)

    original = models.ForeignKey(PassageRevision, models.PROTECT, related_name="+", editable=False)
    original_start = models.PositiveIntegerField(editable=False)
    original_end = models.PositiveIntegerField(editable=False)
    exact = models.TextField(blank=True, editable=False)
    prefix = models.CharField(max_length=400, blank=True, editable=False)
    suffix = models.CharField(max_length=400, blank=True, editable=False)

    objects = AnchorQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_whole_passage(self):
        return not self.exact

    @property
    def words(self):
        """Its words in today's text; the original ones if they are gone."""
        if self.start is None:
            return self.exact
        return self.passage.text[self.start : self.end]
