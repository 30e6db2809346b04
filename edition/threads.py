"""Where else: the places, across essays, that lead to one theme, quotation, work or passage."""

from annotations.models import Gloss, GlossLink
from edition.veil import Veiled, by_essay
from essays.models import Essay


def shown_links():
    """The links of every gloss that stands in a published essay today."""
    return GlossLink.objects.filter(
        gloss__passage__number__isnull=False, gloss__essay__status=Essay.Status.PUBLISHED
    ).exclude(gloss__state=Gloss.State.ORPHANED)


def threads_of(*, besides: Gloss | None = None, essay=None, **target) -> list[Veiled[GlossLink]]:
    """The links that lead to `target` (theme=, quotation=, work= or passage=), by essay.

    In reading order, each essay's split at its veil; `essay` narrows to one, `besides` leaves
    out the gloss that is being read. Words without a place today are left out.
    """
    links = (
        shown_links()
        .filter(**target)
        .select_related("gloss__passage__essay__veil_after", "gloss__passage__essay__veil_work")
        .order_by("gloss__essay", "gloss__passage__number", "gloss__start", "pk")
    )
    if essay is not None:
        links = links.filter(gloss__essay=essay)
    if besides is not None:
        links = links.exclude(gloss=besides)
    return by_essay(links, lambda link: link.gloss.passage)
