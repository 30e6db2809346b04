from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from desk.base import ReadOnlyAdmin
from desk.filters import task_filter
from desk.glosses.gloss_making import glosses_context
from desk.passages.gate import carry_out
from desk.passages.passage_actions import PassageVerbs
from desk.passages.passage_forms import EditForm, RevertForm
from desk.passages.passage_versions import versions_of
from desk.passages.preview import preview_of
from essays.identifiers import safe_id
from essays.models import Passage
from essays.word_diff import compare

VERSIONS_A_PAGE = 20


@admin.register(Passage)
class PassageAdmin(PassageVerbs, ReadOnlyAdmin):
    """Its text changes only through `revising`, behind the gate; so the pages are its own."""

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
        back = self.admin_site.admin_view(self.bring_version_back)
        place = "<int:pk>/versions/<int:version>/bring-back/"
        return [path(place, back, name="essays_passage_revert"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The passage: its source, what readers get of it, its glosses."""
        passage = self.found(object_id)
        if request.method != "POST":
            if not self.has_view_permission(request, passage):
                raise PermissionDenied
            return self._page(request, passage, EditForm.of(passage))
        self.check_may_change(request)

        def again(form, status):
            return self._page(request, passage, form, status)

        return carry_out(self, request, EditForm(passage, request.POST), again)

    def _page(self, request, passage, form, status=200):
        around = passage.essay.passages.current()
        number = passage.number
        source, kind = form["source"].value() or "", form["kind"].value() or passage.kind
        title = f"Passage {number}" if number else f"A passage that was cut: {passage.key}"
        context = {
            **glosses_context(request, passage),
            **_overtaken(form),
            "essay": passage.essay,
            "passage": passage,
            "form": form,
            "preview": preview_of(passage, source, kind),
            "may_change": self.has_change_permission(request, passage) and number,
            "before": number and around.filter(number__lt=number).last(),
            "after": number and around.filter(number__gt=number).first(),
        }
        template = "admin/essays/passage/change_form.html"
        return self.render_page(request, template, title, context, status=status)

    def history_view(self, request, object_id, extra_context=None):
        """Every version: who made it, when, and what it changed."""
        passage = self.found(object_id)
        if not self.has_view_permission(request, passage):
            raise PermissionDenied
        return self._history(request, passage)

    def _history(self, request, passage, form=None, status=200):
        page = Paginator(versions_of(passage), VERSIONS_A_PAGE).get_page(request.GET.get("p"))
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
    def bring_version_back(self, request, pk, version):
        """Let the passage say again what it said, as a new version, through the gate."""
        self.check_may_change(request)
        passage = self.found(pk)
        old = get_object_or_404(passage.versions, version=version)
        old.passage = passage
        form = RevertForm(old, request.POST)

        def again(form, status):
            return self._history(request, self.found(pk), form, status)

        return carry_out(self, request, form, again)

    def found(self, pk):
        return get_object_or_404(Passage.objects.select_related("essay"), pk=safe_id(str(pk)))


def _overtaken(form):
    """What somebody else made of the passage while the editor was typing, if they did."""
    today = getattr(form, "overtaken_by", None)
    if today is None:
        return {}
    seen = today.versions.filter(version=form.cleaned_data["version"]).first()
    form.data = form.data.copy()
    form.data["version"] = today.version
    return {
        "today": today,
        "since": compare(seen.source, today.source) if seen else [],
        "mine": compare(today.source, form.cleaned_data["source"]),
    }
