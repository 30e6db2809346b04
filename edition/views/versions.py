from django.shortcuts import get_object_or_404, render

from edition.pages.reading_page import EssayAssets
from edition.pages.veil import veil_over
from edition.pages.version_pages import ReadersVersion
from edition.requests.access import readable_essay
from edition.requests.allowed_methods import require_safe


@require_safe
def passage_versions(request, slug, key):
    """Every version of a passage, even of a retired one, with the changes of each."""
    essay = readable_essay(request, slug)
    passage = get_object_or_404(essay.passages.select_related("leads_to__essay"), key=key)
    passage.essay = essay
    context = {
        "essay": essay,
        "assets": EssayAssets(essay),
        "passage": passage,
        "versions": ReadersVersion.all_of(passage),
        "veil": veil_over(passage),
    }
    return render(request, "edition/pages/passage_versions.html", context)
