"""The pages of an import: paste a text, check its passages, save it as a draft."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from annotations.revising import RevisingError
from desk.importing.beginning import Beginning, begin
from desk.importing.big_form import BigFormHandler, TooLarge
from desk.importing.forms import EssayForm, PasteForm, WorkFormSet, free_slug
from desk.importing.looking import Look
from desk.importing.saving import save_draft
from desk.importing.working import text_of, worked_on
from essays.counted import counted
from essays.importing import CuttingError, UnreadableText
from essays.models import Passage, Work

TOO_LARGE = "This is much more than 2 MB, and was not read. Go back, and bring in less at a time."
NO_VEILED_WORK = "Name the work that the veil is for, or let no veil stand."
UNSETTLED = "Nothing is saved yet: something in the text is still to be settled."


class BringingAdmin:
    """The part of the essay's admin that adds essays: by importing their text."""

    def has_add_permission(self, request):
        return request.user.has_perm("essays.add_essay")

    def get_urls(self):
        pages = {
            "add/": (self.bring_essay, "essays_essay_add"),
            "add/text/": (self.essay_text, "essays_essay_text"),
            "add/passages/": (self.cut_essay, "essays_essay_cut"),
            "add/draft/": (self.save_essay, "essays_essay_draft"),
        }
        ours = [path(at, self._reading_much(view), name=name) for at, (view, name) in pages.items()]
        return [*ours, *super().get_urls()]

    def _reading_much(self, view):
        """Wrap a view so that it reads a form of megabytes, for users who may add essays."""
        asking = self.admin_site.admin_view(view)

        # Exempt, since checking the token would read the form with Django's limits. `admin_view`
        # checks it after the form is read here.
        @csrf_exempt
        def page(request):
            may = self.admin_site.has_permission(request) and self.has_add_permission(request)
            if request.method == "POST" and may:
                request.upload_handlers = [BigFormHandler(request)]
                try:
                    request.POST  # noqa: B018
                except TooLarge:
                    return self._paste(request, PasteForm(), status=413, error=TOO_LARGE)
            elif not may and self.admin_site.has_permission(request):
                raise PermissionDenied
            return asking(request)

        return page

    def bring_essay(self, request):
        """Paste or upload a text; a POST answers with its passages."""
        if request.method != "POST":
            return self._paste(request, PasteForm())
        form = PasteForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._paste(request, form, status=422)
        given = form.cleaned_data
        try:
            beginning = begin(given["text"], given["mode"], given["a_line_each"])
        except (CuttingError, UnreadableText) as error:
            # The text of a file goes into the field, where the editor can correct it.
            form = PasteForm(initial=given)
            return self._paste(request, form, status=422, error=str(error))
        return self._show_beginning(request, beginning)

    def essay_text(self, request):
        """Go back to the whole text, with all the changes so far."""
        if request.method != "POST":
            return redirect("admin:essays_essay_add")
        working = worked_on(request.POST)
        text = text_of(working, request.POST.get("title", ""), request.POST.get("dek", ""))
        return self._paste(request, PasteForm(initial={"text": text, "mode": working.mode}))

    def cut_essay(self, request):
        """Apply the form's splits and merges; fields that only saving needs are not checked."""
        if request.method != "POST":
            return redirect("admin:essays_essay_add")
        data = request.POST
        look = Look(worked_on(data), smart=bool(data.get("smart")))
        form = EssayForm(initial={name: data.get(name, "") for name in EssayForm.Meta.fields})
        if not form.initial["slug"] and form.initial["title"].strip():
            form.initial["slug"] = free_slug(form.initial["title"])
        works = WorkFormSet(initial=[row for row in _work_rows(data) if row["name"]], prefix="work")
        return self._show(request, look, form, works, _veil_for(data))

    def save_essay(self, request):
        """Save the draft and redirect to its passages."""
        if request.method != "POST":
            return redirect("admin:essays_essay_add")
        look = Look(worked_on(request.POST), smart=bool(request.POST.get("smart")))
        form, works = EssayForm(request.POST), WorkFormSet(request.POST, prefix="work")
        veil_for = _veil_for(request.POST) if look.working.veil is not None else None
        valid = all([form.is_valid(), works.is_valid()])
        if valid and veil_for is not None and veil_for not in works.works:
            form.add_error("veil_text", NO_VEILED_WORK)
        if form.errors or not valid or look.unsettled:
            return self._show(request, look, form, works, _veil_for(request.POST), status=422)
        try:
            essay, passages, glosses = save_draft(look, form, works, veil_for, request.user)
        except (RevisingError, IntegrityError) as error:
            taken = form.fields["slug"].error_messages["unique"]
            form.add_error(None, getattr(error, "message", taken))
            return self._show(request, look, form, works, _veil_for(request.POST), status=422)
        said = _said(passages, glosses)
        self.log_addition(request, essay, f"Brought in: {said}.")
        messages.success(request, f"“{essay}” is a draft of {said}.")
        return redirect("admin:essays_essay_change", essay.pk)

    def _paste(self, request, form, *, status=200, error=""):
        return self._page(request, "bring.html", {"form": form, "error": error}, status)

    def _show_beginning(self, request, beginning: Beginning):
        look = Look(beginning.working, smart=beginning.essay["smart"])
        rows = [{"name": name} for name in beginning.works]
        form = EssayForm(initial=beginning.essay)
        works = WorkFormSet(initial=rows, prefix="work")
        return self._show(request, look, form, works, beginning.veil_for)

    def _show(self, request, look, form, works, veil_for, status=200):
        context = {
            "look": look,
            "form": form,
            "works": works,
            "veil_for": veil_for,
            "known_works": Work.objects.all(),
            "kinds": Passage.Kind.choices,
            "said": _said(len(look.rows), look.marks),
            "error": UNSETTLED if status != 200 and look.unsettled else "",
        }
        return self._page(request, "bring_passages.html", context, status)

    def _page(self, request, template, context, status):
        if not self.has_add_permission(request):
            raise PermissionDenied
        site = self.admin_site.each_context(request)
        page = {**site, "opts": self.opts, "title": "Bring a text in", **context}
        return render(request, f"admin/essays/essay/{template}", page, status=status)


def _work_rows(data: QueryDict) -> list[dict]:
    names = ("name", "kind", "creator", "year")
    rows = range(WorkFormSet.max_num)
    return [{name: data.get(f"work-{row}-{name}", "") for name in names} for row in rows]


def _veil_for(data: QueryDict) -> int:
    """The row of the work that the veil is for; the first if the value is not valid."""
    chosen = data.get("veil_for", "")
    return int(chosen) if chosen in map(str, range(WorkFormSet.max_num)) else 0


def _said(passages: int, glosses: int) -> str:
    passages = counted(passages, "passage")
    return f"{passages}, {counted(glosses, 'gloss')} from footnotes" if glosses else passages
