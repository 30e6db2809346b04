"""Which essays' pages show a thing: to lock them before it changes, and to count the change."""

from annotations.models import GlossLink, Quotation
from essays.models import Essay, EssayWork
from essays.transactions import lock


def bump_counters(*essays: Essay, works=(), themes=(), quotations=()) -> None:
    """Count a change on every essay whose pages may show it, so that no stored page outlives it.

    Call it once all is saved. A change of what the search finds also needs `search.reindex`.
    """
    Essay.objects.filter(
        pk__in=_pages_of(essays, works=works, themes=themes, quotations=quotations)
    ).bump_counters()


def lock_pages(*essays: Essay, works=(), themes=(), quotations=()) -> dict[int, Essay]:
    """Lock, and read anew, every essay whose pages may show these; by id.

    Locks quotations from these essays first, as a change of the text rewrites them.
    """
    lock(Quotation.objects.filter(passage__essay__in=essays).only("pk"))
    pages = _pages_of(essays, works=works, themes=themes, quotations=quotations)
    return {essay.pk: essay for essay in lock(Essay.objects.filter(pk__in=pages))}


def _pages_of(essays, *, works, themes, quotations) -> set[int]:
    """The ids of the essays given, of those whose glosses point into them, and of those that are
    about, print or point to the works, themes and quotations given."""
    links, quoted = GlossLink.objects.all(), Quotation.objects.all()
    rows_by_essay_field = {
        "gloss__essay": [
            links.filter(passage__essay__in=essays),
            links.filter(quotation__passage__essay__in=essays),
            links.filter(theme__in=themes),
            links.filter(quotation__in=quotations),
            links.filter(quotation__work__in=works),
            links.filter(work__in=works),
        ],
        "passage__essay": [quoted.filter(work__in=works), quoted.filter(pk__in=_ids(quotations))],
        "pk": [Essay.objects.filter(veil_work__in=works)],
        "essay": [EssayWork.objects.filter(work__in=works)],
    }
    ids = set(_ids(essays))
    for field, querysets in rows_by_essay_field.items():
        for rows in querysets:
            ids.update(rows.order_by().values_list(field, flat=True).distinct())
    return ids - {None}


def _ids(rows) -> list[int]:
    return [row.pk for row in rows]
