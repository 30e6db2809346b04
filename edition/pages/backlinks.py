"""Where else: the places, across essays, that lead to one theme, quotation, work or passage.

Of drafts is shown what `readable` says: a theme, quotation or work is, where an essay that can
be read has it.
"""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from annotations.models import Gloss, GlossLink, Quotation, Theme
from edition.pages.veil import Veiled, by_essay
from edition.requests.access import PUBLISHED, Readable
from essays.models import Essay, Passage, Work


def shown_links(readable: Readable = PUBLISHED):
    """The links of every gloss that stands in an essay today."""
    links = GlossLink.objects.filter(readable.q("gloss__essay"))
    standing = links.filter(gloss__passage__number__isnull=False)
    return standing.exclude(gloss__state=Gloss.State.ORPHANED)


def shown_themes(readable: Readable = PUBLISHED):
    """The themes that essays follow."""
    return Theme.objects.filter(pk__in=shown_links(readable).values("theme"))


def shown_quotations(readable: Readable = PUBLISHED):
    """The quotations that essays print or point to."""
    cited = Q(pk__in=shown_links(readable).values("quotation"))
    return Quotation.objects.filter(readable.q("passage__essay") | cited)


def shown_works(readable: Readable = PUBLISHED):
    """The works that essays are about, quote or point to."""
    about = Q(pk__in=Essay.objects.filter(readable.q()).values("works"))
    quoted = Q(pk__in=shown_quotations(readable).values("work"))
    return Work.objects.filter(about | quoted | Q(pk__in=shown_links(readable).values("work")))


def threads_of(readable: Readable = PUBLISHED, *, essay=None, **target) -> list[Veiled[GlossLink]]:
    """The links that lead to `target` (theme=, quotation=, work= or passage=), by essay.

    In reading order, each essay's split at its veil; `essay` narrows to one. Words without a
    place today are left out.
    """
    links = _in_reading_order(shown_links(readable).filter(**target))
    if essay is not None:
        links = links.filter(gloss__essay=essay)
    return by_essay(links, _passage)


def threads_besides(
    gloss: Gloss, links: Collection[GlossLink], readable: Readable = PUBLISHED
) -> dict[int, list[Veiled[GlossLink]]]:
    """For each of the links of a gloss, by its id, the other glosses that lead where it leads."""
    same = Q(pk=None)
    for link in links:
        same |= Q(_target(link))
    found = defaultdict(list)
    for other in _in_reading_order(shown_links(readable).filter(same).exclude(gloss=gloss)):
        found[_target(other)].append(other)
    return {link.pk: by_essay(found[_target(link)], _passage) for link in links}


def _target(link: GlossLink) -> tuple[str, int]:
    """The field that says where it leads, and the id of what stands there."""
    field = f"{link.kind}_id"
    return field, getattr(link, field)


def _in_reading_order(links):
    return links.select_related(
        "gloss__passage__essay__veil_after", "gloss__passage__essay__veil_work"
    ).order_by("gloss__essay", "gloss__passage__number", "gloss__start", "pk")


def _passage(link: GlossLink) -> Passage:
    return link.gloss.passage
