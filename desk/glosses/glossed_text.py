"""A passage with its glosses marked, from which an editor chooses words for a gloss."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from annotations.models import Gloss
from annotations.text.highlight import Mark, highlight
from desk.next_url import next_url, with_next
from essays.models import Passage


@dataclass(frozen=True)
class GlossedText:
    """The saved passage as readers see it, with its glosses.

    `lit` is the id of the gloss that is being edited: its words are highlighted.
    """

    passage: Passage
    lit: int | None = None

    @cached_property
    def glosses(self) -> list[Gloss]:
        """Those with words in the passage first, then those that lost theirs."""
        glosses = list(Gloss.objects.filter(passage=self.passage).prefetch_related("links"))
        for gloss in glosses:
            gloss.passage = self.passage
        return sorted(glosses, key=lambda gloss: gloss.start is None)

    @property
    def html(self) -> SafeString:
        """Without links on the marks, so that an editor can select across them."""
        marks = [
            Mark(str(gloss.pk), gloss.start, gloss.end, "", "note", self._classes(gloss))
            for gloss in self.glosses
            if gloss.start is not None and not gloss.is_whole_passage
        ]
        return mark_safe(highlight(self.passage.html, marks).html)

    def _classes(self, gloss: Gloss) -> tuple[str, ...]:
        return ("gloss", "lit") if gloss.pk == self.lit else ("gloss",)


def glosses_context(request, passage: Passage) -> dict[str, object]:
    """The context of `admin/essays/passage/_glosses.html`."""
    page_url = reverse("admin:essays_passage_change", args=[passage.pk])
    return {
        "glossed": GlossedText(passage),
        "may_gloss": request.user.has_perm("annotations.add_gloss"),
        "back": f"{with_next(page_url, next_url(request))}#glosses",
    }
