from django import forms
from django.core.paginator import InvalidPage
from django.shortcuts import render

from annotations.search import Query
from edition.pages.search_results import Found
from edition.requests.access import after_publishing_due
from edition.requests.allowed_methods import require_safe

LONGEST = 200


class SearchForm(forms.Form):
    q = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": f"That is too long to look for. Give at most {LONGEST} characters.",
            "null_characters_not_allowed": "There is a character in it that no text has. "
            "Type the words again.",
        },
    )


@require_safe
@after_publishing_due
def search(request):
    """Essays, themes, quotations, passages and public notes that have all the words of `q`."""
    form = SearchForm(request.GET)
    context = {"form": form, "longest": LONGEST}
    if not form.is_valid():
        context["typed"] = request.GET["q"].replace("\0", "")
        return _answer(request, context, status=400)
    context["typed"] = form.cleaned_data["q"]
    query = Query.of(form.cleaned_data["q"])
    if not query.runs:
        return _answer(request, context)
    found = context["found"] = Found(query)
    try:
        context["page"] = page = found.passages.page(request.GET.get("page", 1))
    except InvalidPage:
        return _answer(request, context, status=404)
    context["passages"] = found.passages_of(page)
    return _answer(request, context)


def _answer(request, context, status=200):
    return render(request, "edition/pages/search.html", context, status=status)
