from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html

from annotations import curating, revising
from annotations.admin.desk import CorrectedAdmin
from annotations.admin.filters import TaskFilter
from annotations.admin.histories import HistoryAdmin
from annotations.admin.reattaching import STALE, ReattachForm, candidates_for, original_of
from annotations.admin.states import Part
from annotations.models import Gloss, GlossLink
from annotations.revising import RevisingError, StaleEdit
from essays import markup

RECENT = 50
LINKS = Part(GlossLink, "gloss", "Links", (*GlossLink.TARGETS, "phrase", "relation", "reason"))
STATES = {
    Gloss.State.ORPHANED: "gone",
    Gloss.State.CHANGED: "changed since",
    Gloss.State.MOVED: "in another passage",
    Gloss.State.KEPT: "as written",
}


class WordsFilter(admin.SimpleListFilter):
    title = "what became of its words"
    parameter_name = "words"

    def lookups(self, request, model_admin):
        return STATES.items()

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in STATES else queryset


class LinksFilter(TaskFilter):
    title = "where it leads"
    parameter_name = "leads"
    found = {
        "none": ("nowhere", curating.glosses_without_link),
        "silent": ("without saying why", curating.glosses_without_reason),
    }


class GlossForm(forms.ModelForm):
    def clean_source(self):
        source = self.cleaned_data["source"]
        try:
            markup.render_gloss(source)
        except markup.MarkupError as error:
            raise forms.ValidationError(str(error)) from error
        return source


@admin.register(Gloss)
class GlossAdmin(HistoryAdmin, CorrectedAdmin):
    history_parts = (LINKS,)
    form = GlossForm
    list_display = ["key", "essay", "passage", "words", "what_became", "reattaching"]
    list_filter = [WordsFilter, LinksFilter, "essay"]
    list_select_related = ["essay", "passage"]
    search_fields = ["key", "exact", "source"]
    fields = ["essay", "key", "passage", "words", "what_became", "source"]
    readonly_fields = ["essay", "key", "passage", "words", "what_became"]

    @admin.display(description="about")
    def words(self, gloss):
        return gloss.words or "the whole passage"

    @admin.display(description="its words", ordering="state")
    def what_became(self, gloss):
        return STATES[gloss.state]

    @admin.display(description="choose other words")
    def reattaching(self, gloss):
        url = reverse("admin:annotations_gloss_reattach", args=[gloss.pk])
        return format_html('<a href="{}">Re-attach {}</a>', url, gloss.key)

    def renew(self, obj):
        revising.touch(obj.essay)

    def get_urls(self):
        reattach = self.admin_site.admin_view(self.reattach)
        return [
            path("<int:pk>/reattach/", reattach, name="annotations_gloss_reattach"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        lost = request.GET.get("words") == Gloss.State.ORPHANED
        title = {"title": "Glosses that lost their words"} if lost else {}
        return super().changelist_view(request, {**(extra_context or {}), **title})

    def reattach(self, request, pk):
        """Choose the words that a gloss is about from now on."""
        gloss = get_object_or_404(Gloss.objects.select_related("essay", "passage__essay"), pk=pk)
        if not self.has_change_permission(request, gloss):
            raise PermissionDenied
        if request.method != "POST":
            return self._choose(request, gloss)
        form = ReattachForm(gloss.essay, request.POST)
        if not form.is_valid():
            return self._choose(request, gloss, form, status=422)
        try:
            done = form.save(gloss)
        except RevisingError as error:
            form.add_error(None, STALE if isinstance(error, StaleEdit) else error.message)
            gloss = Gloss.objects.select_related("essay", "passage__essay").get(pk=pk)
            return self._choose(request, gloss, form, status=409)
        return self._done(request, was=gloss, gloss=done)

    def _choose(self, request, gloss, form=None, status=200):
        passages = list(gloss.essay.passages.current())
        by_key = {passage.key: passage for passage in passages}
        asked = form.data.get("passage") if form else request.GET.get("passage")
        passage = by_key.get(asked) or by_key.get(gloss.passage.key) or passages[0]
        if asked and asked not in by_key and not form:
            messages.warning(request, "That passage is not in the essay today. This one is.")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Re-attach {gloss.key}",
            "gloss": gloss,
            "anchor": gloss,
            "original": original_of(gloss),
            "candidates": candidates_for([gloss])[gloss.pk],
            "passages": passages,
            "passage": passage,
            "form": form or ReattachForm(gloss.essay),
            "changes": _recent_changes(gloss),
        }
        return render(request, "admin/annotations/gloss/reattach.html", context, status=status)

    def _done(self, request, *, was, gloss):
        place = f"“{gloss.exact}”, in" if gloss.exact else "the whole of"
        said = f"{place} passage {gloss.passage.number}"
        self.log_change(request, gloss, f"Re-attached to {said}.")
        messages.success(request, f"The gloss “{gloss.key}” is now about {said}.")
        if was.state == Gloss.State.ORPHANED:
            url = reverse("admin:annotations_gloss_changelist")
            return redirect(f"{url}?words={Gloss.State.ORPHANED}")
        return redirect("admin:annotations_gloss_change", gloss.pk)


def _recent_changes(gloss):
    """What was done to its words, the newest first, and in words what became of them."""
    changes = gloss.changes.select_related("revision__by", "old_passage", "new_passage")[:RECENT]
    return [(change, STATES[change.state]) for change in changes]
