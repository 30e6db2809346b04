"""The glosses, across essays, that link to a theme, quotation, work or passage.

`readable` says which essays count. A theme, quotation or work is visible if one of them uses it.
"""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from annotations.models import Gloss, GlossLink, Quotation, Theme
from edition.pages.veil import Veiled, by_essay
from edition.requests.access import PUBLISHED, Readable
from essays.models import Essay, Passage, Work


def visible_links(readable: Readable = PUBLISHED):
    """The links of every gloss that has a place in an essay today."""
    links = GlossLink.objects.filter(readable.q("gloss__essay"))
    in_text = links.filter(gloss__passage__number__isnull=False)
    return in_text.exclude(gloss__state=Gloss.State.ORPHANED)


def visible_themes(readable: Readable = PUBLISHED):
    """The themes that glosses link to."""
    return Theme.objects.filter(pk__in=visible_links(readable).values("theme"))


def visible_quotations(readable: Readable = PUBLISHED):
    """The quotations that essays print or glosses link to."""
    cited = Q(pk__in=visible_links(readable).values("quotation"))
    return Quotation.objects.filter(readable.q("passage__essay") | cited)


def visible_works(readable: Readable = PUBLISHED):
    """The works that essays are about or quote, or that glosses link to."""
    about = Q(pk__in=Essay.objects.filter(readable.q()).values("works"))
    quoted = Q(pk__in=visible_quotations(readable).values("work"))
    return Work.objects.filter(about | quoted | Q(pk__in=visible_links(readable).values("work")))


def backlinks_to(
    readable: Readable = PUBLISHED, *, essay=None, **target
) -> list[Veiled[GlossLink]]:
    """The links to `target` (theme=, quotation=, work= or passage=), grouped by essay.

    They are in reading order, each group split at its essay's veil; `essay` keeps one essay only.
    """
    links = _in_reading_order(visible_links(readable).filter(**target))
    if essay is not None:
        links = links.filter(gloss__essay=essay)
    return by_essay(links, _passage)


def other_backlinks(
    gloss: Gloss, links: Collection[GlossLink], readable: Readable = PUBLISHED
) -> dict[int, list[Veiled[GlossLink]]]:
    """For each link of `gloss`, by id: the links of other glosses to the same target."""
    same = Q(pk=None)
    for link in links:
        same |= Q(_target(link))
    by_target = defaultdict(list)
    for other in _in_reading_order(visible_links(readable).filter(same).exclude(gloss=gloss)):
        by_target[_target(other)].append(other)
    return {link.pk: by_essay(by_target[_target(link)], _passage) for link in links}


def _target(link: GlossLink) -> tuple[str, int]:
    """The foreign key that is set, and its value, as in ("theme_id", 7)."""
    field = f"{link.kind}_id"
    return field, getattr(link, field)


def _in_reading_order(links):
    return links.select_related(
        "gloss__passage__essay__veil_after", "gloss__passage__essay__veil_work"
    ).order_by("gloss__essay", "gloss__passage__number", "gloss__start", "pk")


def _passage(link: GlossLink) -> Passage:
    return link.gloss.passage
