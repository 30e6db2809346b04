"""Endpoints that the gloss form calls while one types; they return an HTML fragment or JSON."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from desk.glosses.gloss_forms import key_for
from desk.glosses.gloss_pages import chosen_words
from desk.glosses.words_form import PhraseMatches
from desk.lookup import match_by_value, search
from essays import markup
from essays.identifiers import safe_id
from essays.models import Essay, Passage

MAX_SOURCE_LENGTH = 20_000


def urls(admin_site):
    views = [("words", locate_words), ("targets", list_targets), ("preview", preview_gloss)]
    return [
        path(f"{name}/", admin_site.admin_view(view), name=f"annotations_gloss_{name}")
        for name, view in views
    ]


def editors_only(view):
    def inner(request):
        if not any(request.user.has_perm(f"annotations.{may}_gloss") for may in ("add", "change")):
            raise PermissionDenied
        return view(request)

    return inner


@require_GET
@editors_only
def locate_words(request):
    """How often a passage has these words, and where; for a new gloss also the key made of them."""
    passage = _get_named(Passage.objects.current().select_related("essay"), request, "passage")
    chosen = chosen_words(request, passage)
    matches = PhraseMatches.named_by(passage.text, chosen["words"], chosen["occurrence"])
    context = {"matches": matches, "whole": chosen["whole"]}
    if request.GET.get("place") == "" and (matches.count or chosen["whole"]):
        taken = set(passage.essay.glosses.values_list("key", flat=True))
        words = "" if chosen["whole"] else matches.phrase
        context["key"] = key_for(words, passage, taken)
    return render(request, "admin/annotations/gloss/_matches.html", context)


@require_GET
@editors_only
def list_targets(request):
    """Suggestions for the target of a link: matches of the words, or the one with this value."""
    essay = _get_named(Essay.objects.all(), request, "essay")
    if value := request.GET.get("value", ""):
        matches = filter(None, [match_by_value(value[:40], essay)])
    else:
        matches = search(request.GET.get("q", ""), essay=essay)
    return JsonResponse({"matches": [match.as_json for match in matches]})


@require_POST
@editors_only
def preview_gloss(request):
    """The Markdown of a gloss as readers will see it."""
    try:
        html = markup.render_gloss(request.POST.get("source", "")[:MAX_SOURCE_LENGTH]).html
    except markup.MarkupError as error:
        return render(request, "admin/annotations/gloss/_preview.html", {"refused": str(error)})
    return render(request, "admin/annotations/gloss/_preview.html", {"html": html})


def _get_named(queryset, request, name: str):
    return get_object_or_404(queryset, pk=safe_id(request.GET.get(name)))
