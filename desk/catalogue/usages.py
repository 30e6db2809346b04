"""What needs a theme, work or quotation, and where: what its page at the desk lists."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from annotations.catalogue.slugs import kind_of
from annotations.models import GlossLink, Quotation
from essays.models import Essay, EssayWork, Work

MOST = 200


@dataclass(frozen=True)
class Need:
    """One thing that would miss another, in words, with where it is edited."""

    says: str
    edit: str = ""


def citations_of(thing) -> QuerySet[GlossLink]:
    """The links that lead to it, in reading order, each with its gloss, passage and essay."""
    links = GlossLink.objects.filter(**{kind_of(thing): thing})
    return links.select_related("gloss__essay", "gloss__passage").order_by(
        "gloss__essay__title", "gloss__passage__number", "gloss__start", "pk"
    )


def needs_of(thing) -> list[Need]:
    """Whatever else needs it, besides glosses."""
    return list(_needs(thing))


def _needs(thing) -> Iterator[Need]:
    if isinstance(thing, Quotation) and thing.passage:
        passage = thing.passage
        edit = reverse("admin:essays_passage_change", args=[passage.pk])
        number = f"Passage {passage.number}" if passage.number else "A passage that was cut"
        yield Need(f"{number} of {passage.essay} prints it; its caption comes from here.", edit)
    if isinstance(thing, Work):
        for quotation in thing.quotations.all()[:MOST]:
            edit = reverse("admin:annotations_quotation_change", args=[quotation.pk])
            yield Need(f"A quotation is from it: {quotation}", edit)
        for about in EssayWork.objects.filter(work=thing).select_related("essay"):
            yield Need(f"{about.essay} is about it.", _essay(about.essay))
        for essay in Essay.objects.filter(veil_work=thing):
            yield Need(f"The veil of {essay} is for those who have not seen it.", _essay(essay))


def _essay(essay: Essay) -> str:
    return reverse("admin:essays_essay_change", args=[essay.pk])


def number_of(rows: QuerySet, owner: str, what: str = "pk") -> Coalesce:
    """For an annotation: of how many different `what` the rows are whose `owner` a thing is."""
    counted = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    number = counted.annotate(number=Count(what, distinct=True)).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
