from django.contrib import admin

from annotations import revising, search
from annotations.catalogue import former_slugs
from desk.base import DeskAdmin
from desk.essays.essay_form import VEIL_FIELDS, CorrectionForm, EssayForm
from desk.essays.publish_views import PublishingAdmin, status_of
from desk.history.history_views import HistoryAdmin
from desk.importing import BringingAdmin
from desk.passages.passage_list import EssayPassagesAdmin
from essays.models import Correction, Essay, EssayWork


class WorkInline(admin.StackedInline):
    """Stacked, since the fields of Django's tabular inlines have no labels of their own."""

    model = EssayWork
    fields = [("work", "position")]
    extra = 1
    verbose_name = "work"
    verbose_name_plural = "works that it is about"


class CorrectionInline(admin.StackedInline):
    model = Correction
    form = CorrectionForm
    extra = 1


@admin.register(Essay)
class EssayAdmin(BringingAdmin, PublishingAdmin, EssayPassagesAdmin, HistoryAdmin, DeskAdmin):
    form = EssayForm
    inlines = [WorkInline, CorrectionInline]
    list_display = ["title", "status_label", "published_at"]
    list_filter = ["status"]
    search_fields = ["title", "dek"]
    fieldsets = [
        (None, {"fields": ["title", "dek", "authors", "language", "date", "licence"]}),
        ("Looks", {"fields": ["colour", "smart"]}),
        ("The veil", {"fields": [*VEIL_FIELDS]}),
        ("Addresses", {"fields": ["slug", "canonical_url"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="status", ordering="status")
    def status_label(self, essay):
        return status_of(essay)

    def save_model(self, request, obj, form, change):
        before = revising.lock(obj)
        obj.save(update_fields=[name for name in form.fields if name in form.cleaned_data])
        if before.slug != obj.slug:
            former_slugs.keep_former_address(obj, before.slug)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.date_corrections()
        self._update_pages_and_search(request, form)

    def finish_bringing_back(self, request, form):
        self._update_pages_and_search(request, form)

    def _update_pages_and_search(self, request, form):
        """Call this once per save, after everything is written: it stems the whole text."""
        essay = form.instance
        if "smart" in form.changed_data:
            drafts = revising.drafts_of(essay)
            report = revising.revise(essay, drafts, by=request.user, rerender=True)
            if report.revision:
                # `revise` has updated them.
                return
        revising.bump_counters(essay)
        search.reindex(essay)
