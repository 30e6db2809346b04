from django import forms
from django.core.paginator import InvalidPage
from django.shortcuts import render

from annotations.search import Query
from edition.pages.search_results import SearchResults
from edition.requests.allowed_methods import require_safe
from edition.requests.query_field import MAX_QUERY_LENGTH, QueryField
from edition.requests.rate_limits import count_search, too_many_searches, with_wait


class SearchForm(forms.Form):
    q = QueryField()


@require_safe
def search(request):
    """Essays, themes, quotations, passages and public notes that have all the words of `q`."""
    form = SearchForm(request.GET)
    context = {"form": form, "max_query_length": MAX_QUERY_LENGTH}
    if not form.is_valid():
        context["typed"] = request.GET["q"].replace("\0", "")
        return _search_page(request, context, status=400)
    context["typed"] = form.cleaned_data["q"]
    query = Query.of(form.cleaned_data["q"])
    if not query.runs:
        return _search_page(request, context)
    if wait := count_search(request):
        form.add_error("q", too_many_searches(wait))
        return with_wait(_search_page(request, context, status=429), wait)
    results = context["results"] = SearchResults(query)
    try:
        context["page"] = page = results.passages.page(request.GET.get("page", 1))
    except InvalidPage:
        return _search_page(request, context, status=404)
    context["passages"] = results.passages_of(page)
    return _search_page(request, context)


def _search_page(request, context, status=200):
    return render(request, "edition/pages/search.html", context, status=status)
