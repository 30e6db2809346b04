from django.shortcuts import get_object_or_404, render

from edition.methods import require_safe
from edition.readable import readable_essay
from edition.shown import Dress
from edition.veil import veil_over
from edition.versions import versions_of


@require_safe
def passage_versions(request, slug, key):
    """Every version of a passage, also of one that was cut, and what each changed."""
    essay = readable_essay(request, slug)
    passage = get_object_or_404(essay.passages.select_related("leads_to__essay"), key=key)
    passage.essay = essay
    context = {
        "essay": essay,
        "dress": Dress(essay),
        "passage": passage,
        "versions": versions_of(passage),
        "veil": veil_over(passage),
    }
    return render(request, "edition/passage_versions.html", context)
