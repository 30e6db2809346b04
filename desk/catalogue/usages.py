"""Where a theme, work or quotation is used."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst

from annotations.catalogue.slugs import kind_of
from annotations.models import GlossLink, Quotation
from essays.models import Essay, EssayWork, Work

MAX_USAGES = 200


@dataclass(frozen=True)
class Usage:
    """A sentence about one object that uses an item of the catalogue, and where to edit it."""

    text: str
    url: str


def citations_of(item) -> QuerySet[GlossLink]:
    """The links of glosses to it, in reading order, each with its gloss, passage and essay."""
    links = GlossLink.objects.filter(**{kind_of(item): item})
    return links.select_related("gloss__essay", "gloss__passage").order_by(
        "gloss__essay__title", "gloss__passage__number", "gloss__start", "pk"
    )


def other_usages_of(item) -> list[Usage]:
    """All but the glosses."""
    return list(_other_usages(item))


def _other_usages(item) -> Iterator[Usage]:
    if isinstance(item, Quotation) and item.passage:
        passage = item.passage
        url = reverse("admin:essays_passage_change", args=[passage.pk])
        place = f"{capfirst(passage.name)} of {passage.essay}"
        yield Usage(f"{place} prints it; its caption comes from here.", url)
    if isinstance(item, Work):
        for quotation in item.quotations.all()[:MAX_USAGES]:
            url = reverse("admin:annotations_quotation_change", args=[quotation.pk])
            yield Usage(f"A quotation is from it: {quotation}", url)
        for about in EssayWork.objects.filter(work=item).select_related("essay"):
            yield Usage(f"{about.essay} is about it.", _edit_url(about.essay))
        for essay in Essay.objects.filter(veil_work=item):
            yield Usage(f"The veil of {essay} is for those who have not seen it.", _edit_url(essay))


def _edit_url(essay: Essay) -> str:
    return reverse("admin:essays_essay_change", args=[essay.pk])
