from django.shortcuts import get_object_or_404, redirect, render

from annotations.models import Gloss
from edition.margin import passage_views
from edition.methods import require_safe
from edition.shown import Dress, published_essay
from edition.threads import threads_of
from edition.veil import veil_of
from essays.models import Passage


@require_safe
def passage_by_number(request, slug, number):
    """To the passage that bears the number today."""
    essay = published_essay(slug)
    return redirect(get_object_or_404(Passage, essay=essay, number=number))


@require_safe
def passage_detail(request, slug, key):
    """One passage with its whole margin, and what leads to it."""
    essay = published_essay(slug)
    passage = get_object_or_404(essay.passages.select_related("leads_to__essay"), key=key)
    if passage.leads_to:
        return redirect(passage.leads_to, permanent=True)
    passage.essay = essay
    veil = veil_of(essay)
    [view] = passage_views(essay, veil, only=passage)
    around = essay.passages.current()
    number = passage.number
    context = {
        "essay": essay,
        "dress": Dress(essay),
        "view": view,
        "veil": veil if view.veiled else None,
        "threads": threads_of(passage=passage),
        "lost": Gloss.objects.orphaned().filter(passage=passage),
        "before": number and around.filter(number__lt=number).last(),
        "after": number and around.filter(number__gt=number).first(),
    }
    return render(request, "edition/passage_detail.html", context)
