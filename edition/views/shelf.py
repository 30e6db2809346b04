from django.db.models import Count, Q
from django.shortcuts import render

from edition.methods import require_safe
from edition.shown import Dress
from essays.models import Essay


@require_safe
def essay_list(request):
    """The shelf: every published essay, the newest first."""
    essays = (
        Essay.objects.published()
        .prefetch_related("essaywork_set__work")
        .annotate(
            passage_count=Count("passages", Q(passages__number__isnull=False), distinct=True),
            theme_count=Count("glosses__links__theme", distinct=True),
        )
    )
    shelf = [{"essay": essay, "dress": Dress(essay)} for essay in essays]
    return render(request, "edition/essay_list.html", {"shelf": shelf})
