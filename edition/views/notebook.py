import tempfile

from django import forms
from django.core.paginator import InvalidPage, Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from annotations.models import Audience, Note
from annotations.moderation import promote
from annotations.notes import export
from annotations.notes.notebook import (
    NotebookFilter,
    entries_of,
    essays_of,
    in_reading_order,
    newest_first,
)
from edition.pages.notebook_page import notebook_items
from edition.requests.allowed_methods import require_safe
from edition.requests.personal import personal
from edition.requests.query_field import MAX_QUERY_LENGTH, QueryField
from edition.requests.rate_limits import (
    count_export,
    count_search,
    too_many_searches,
    with_wait,
)
from edition.views import site_pages

ENTRIES_PER_PAGE = 50
MAX_BYTES_IN_MEMORY = 2**20
FORMATS = {
    "md": (export.markdown, "text/markdown; charset=utf-8"),
    "json": (export.json_ld, "application/ld+json"),
    "csv": (export.table, "text/csv; charset=utf-8"),
}


class NotebookForm(forms.Form):
    """Filters and order of the notebook."""

    q = QueryField(label="Words")
    order = forms.ChoiceField(
        required=False, choices=[("", "in reading order"), ("newest", "newest first")]
    )
    essay = forms.ChoiceField(required=False)
    colour = forms.ChoiceField(required=False, choices=[("", "any"), *Note.Colour.choices])
    audience = forms.ChoiceField(
        label="Who sees it", required=False, choices=[("", "all"), *Audience.choices]
    )
    state = forms.ChoiceField(
        label="Its words",
        required=False,
        choices=[
            ("", "all"),
            (Note.State.CHANGED, "words changed"),
            (Note.State.ORPHANED, "words gone"),
        ],
    )

    def __init__(self, data, essays):
        super().__init__(data, auto_id="notebook-%s")
        choices = [(essay.slug, essay.title) for essay in essays]
        self.fields["essay"].choices = [("", "all"), *choices]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "There is no such choice. Take one of these."

    @property
    def filters(self):
        values = self.cleaned_data
        return NotebookFilter(
            values["q"], values["essay"], values["colour"], values["audience"], values["state"]
        )

    @property
    def narrows(self):
        return any(value for name, value in self.cleaned_data.items() if name != "order")


@require_safe
@personal
def notebook(request):
    """Everything that the reader wrote, searched and filtered."""
    reader = request.reader
    essays = essays_of(reader) if reader else []
    if not essays:
        return render(request, "edition/pages/notebook_empty.html")
    form = NotebookForm(request.GET, essays)
    typed = request.GET.get("q", "").replace("\0", "")
    context = {
        "form": form,
        "typed": typed,
        "max_query_length": MAX_QUERY_LENGTH,
        "promotions": promote.to_answer(reader).select_related("note__passage"),
    }
    if not form.is_valid():
        return render(request, "edition/pages/notebook.html", context, status=400)
    if form.cleaned_data["q"] and (wait := count_search(request)):
        form.add_error("q", too_many_searches(wait))
        page = render(request, "edition/pages/notebook.html", context, status=429)
        return with_wait(page, wait)
    entries = entries_of(reader, form.filters)
    newest = form.cleaned_data["order"] == "newest"
    ordered = newest_first(entries) if newest else in_reading_order(entries, essays)
    try:
        paginator = Paginator(ordered, ENTRIES_PER_PAGE)
        context["page"] = page = paginator.page(request.GET.get("page", 1))
    except InvalidPage:
        return render(request, "edition/pages/notebook.html", context, status=404)
    context["groups"] = notebook_items(page.object_list, reader)
    return render(request, "edition/pages/notebook.html", context)


@require_safe
@personal
def notebook_export(request, format):
    """The whole notebook as a file."""
    if format not in FORMATS:
        raise Http404
    if not request.reader:
        return redirect("notebook")
    if wait := count_export(request):
        return site_pages.too_many_exports(request, wait)
    parts, content_type = FORMATS[format]
    # Written before the answer begins, so that an error never sends half a file.
    file = tempfile.SpooledTemporaryFile(MAX_BYTES_IN_MEMORY)  # noqa: SIM115
    file.writelines(part.encode() for part in parts(request.reader))
    file.seek(0)
    name = f"notebook-{timezone.now():%Y-%m-%d}.{format}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
