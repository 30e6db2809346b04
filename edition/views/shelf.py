from django.db.models import Count, Q
from django.shortcuts import render

from edition.pages.backlinks import visible_links
from edition.pages.reading_page import EssayAssets
from edition.requests.allowed_methods import require_safe
from essays.models import Essay


@require_safe
def essay_list(request):
    """The shelf: every published essay, the newest first."""
    essays = (
        Essay.objects.published()
        .prefetch_related("essaywork_set__work")
        .annotate(passage_count=Count("passages", Q(passages__number__isnull=False)))
        # Django drops the model's default ordering when it aggregates.
        .order_by(*Essay._meta.ordering)
    )
    theme_counts = visible_links().values("gloss__essay").annotate(n=Count("theme", distinct=True))
    themes = dict(theme_counts.values_list("gloss__essay", "n"))
    shelf = [
        {"essay": essay, "assets": EssayAssets(essay), "themes": themes.get(essay.pk, 0)}
        for essay in essays
    ]
    return render(request, "edition/pages/essay_list.html", {"shelf": shelf})
