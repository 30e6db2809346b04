from django.http import Http404
from django.shortcuts import render

from edition.pages.reading_page import EssayAssets
from edition.pages.veil import veil_over
from edition.pages.version_pages import ReadersVersion
from edition.requests.access import readable_essay, readable_passage
from edition.requests.allowed_methods import require_safe


@require_safe
def passage_versions(request, slug, key):
    """The published versions of a passage, even of a retired one, with the changes of each."""
    essay = readable_essay(request, slug)
    passage = readable_passage(essay, key)
    versions = ReadersVersion.all_of(passage)
    if not versions:
        raise Http404  # It was not published yet.
    context = {
        "essay": essay,
        "assets": EssayAssets(essay),
        "passage": passage,
        "versions": versions,
        "veil": veil_over(passage),
    }
    return render(request, "edition/pages/passage_versions.html", context)
