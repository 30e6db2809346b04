from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from desk.base import FORM_METHODS, ReadOnlyAdmin
from desk.filters import task_filter
from desk.glosses.glossed_text import glosses_context
from desk.passages.gate import save_through_gate
from desk.passages.passage_actions import PassageActionsAdmin
from desk.passages.passage_forms import PassageEditForm, RevertForm
from desk.passages.passage_list import check_may_change
from desk.passages.passage_versions import EditorsVersion
from desk.passages.preview import preview_of
from essays.identifiers import safe_id
from essays.models import Passage

VERSIONS_PER_PAGE = 20


@admin.register(Passage)
class PassageAdmin(PassageActionsAdmin, ReadOnlyAdmin):
    """The text changes only through the gate, so Django's own pages for adding and changing go."""

    list_display = ["__str__", "essay", "kind", "version", "opening"]
    list_filter = [task_filter("what it lacks", "bare", "themeless"), "essay", "kind"]
    search_fields = ["key", "text"]
    list_select_related = ["essay"]

    @admin.display(description="text")
    def opening(self, passage):
        return passage.text[:80]

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("essays.change_passage")

    def get_urls(self):
        route = "<int:pk>/versions/<int:version>/bring-back/"
        pages = {"essays_passage_revert": (route, self.revert)}
        return [*self.page_urls(pages), *super().get_urls()]

    @method_decorator(FORM_METHODS)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The passage: its source, its preview, its glosses."""
        passage = self.get_passage(object_id)
        if request.method != "POST":
            if not self.has_view_permission(request, passage):
                raise PermissionDenied
            return self._page(request, passage, PassageEditForm.of(passage))
        check_may_change(request)

        def show_form(form, status):
            return self._page(request, passage, form, status)

        return save_through_gate(self, request, PassageEditForm(passage, request.POST), show_form)

    def _page(self, request, passage, form, status=200):
        current = passage.essay.passages.current()
        number = passage.number
        source, kind = form["source"].value() or "", form["kind"].value() or passage.kind
        title = capfirst(passage.name) if number else f"{capfirst(passage.name)}: {passage.key}"
        context = {
            **glosses_context(request, passage),
            "essay": passage.essay,
            "passage": passage,
            "form": form,
            "conflicts": form.conflicts,
            "preview": preview_of(passage, source, kind),
            "may_change": self.has_change_permission(request, passage) and number,
            "before": number and current.filter(number__lt=number).last(),
            "after": number and current.filter(number__gt=number).first(),
        }
        template = "admin/essays/passage/change_form.html"
        return self.render_page(request, template, title, context, status=status)

    def history_view(self, request, object_id, extra_context=None):
        """Every version: who made it, when, and what it changed."""
        passage = self.get_passage(object_id)
        if not self.has_view_permission(request, passage):
            raise PermissionDenied
        return self._history(request, passage)

    def _history(self, request, passage, form=None, status=200):
        versions = EditorsVersion.all_of(passage)
        page = Paginator(versions, VERSIONS_PER_PAGE).get_page(request.GET.get("p"))
        title = f"Versions of passage {passage.number or passage.key}"
        context = {
            "essay": passage.essay,
            "passage": passage,
            "page": page,
            "form": form,
            "may_change": self.has_change_permission(request, passage) and passage.number,
        }
        template = "admin/essays/passage/versions.html"
        return self.render_page(request, template, title, context, status=status)

    @method_decorator(require_POST)
    def revert(self, request, pk, version):
        """Save an old version's text as a new version, through the gate."""
        check_may_change(request)
        passage = self.get_passage(pk)
        old = get_object_or_404(passage.versions, version=version)
        old.passage = passage

        def show_form(form, status):
            return self._history(request, self.get_passage(pk), form, status)

        return save_through_gate(self, request, RevertForm(old, request.POST), show_form)

    def get_passage(self, pk):
        return get_object_or_404(Passage.objects.select_related("essay"), pk=safe_id(str(pk)))
