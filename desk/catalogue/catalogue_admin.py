"""The pages of works, themes and quotations."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.utils.text import capfirst

from annotations import revising, search
from annotations.catalogue import slugs
from annotations.catalogue.slugs import kind_of
from annotations.editorial import todo
from annotations.models import GlossLink, Quotation, Theme
from annotations.text.closest_phrase import nearest_words
from desk.base import DeskAdmin, count_of
from desk.catalogue.catalogue_forms import QuotationForm, ThemeForm, WorkForm
from desk.catalogue.delete_views import DeleteAdmin
from desk.catalogue.merge_pages import MergeAdmin
from desk.catalogue.usages import MAX_USAGES, citations_of, other_usages_of
from desk.filters import task_filter
from desk.history.history_views import HistoryAdmin
from essays.models import EssayWork, Work
from essays.word_diff import compare


class CatalogueAdmin(MergeAdmin, DeleteAdmin, HistoryAdmin, DeskAdmin):
    """The pages that works, themes and quotations have in common."""

    change_form_template = "admin/catalogue_change.html"
    list_per_page = 50

    def get_queryset(self, request):
        links = GlossLink.objects.all()
        return (
            super()
            .get_queryset(request)
            .annotate(gloss_count=count_of(links, self.opts.model_name, "gloss"))
        )

    @admin.display(description="glosses", ordering="gloss_count")
    def glosses(self, item):
        return item.gloss_count

    def save_model(self, request, obj, form, change):
        before = type(obj).objects.filter(pk=obj.pk).first()
        super().save_model(request, obj, form, change)
        if before and before.slug != obj.slug:
            slugs.keep_former_slug(obj, before.slug)
        self.invalidate_pages(obj, before)

    def invalidate_pages(self, obj, before=None):
        """Invalidate the pages of every essay that shows it, or showed it before the change."""
        changed = {f"{kind_of(obj)}s": [obj]}
        revising.bump_counters(**changed)
        search.reindex(**changed)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        item = self.get_object(request, unquote(object_id))
        context = {"subtitle": None, **(extra_context or {})}
        if item:
            cited = list(citations_of(item)[: MAX_USAGES + 1])
            context |= {"cited": cited[:MAX_USAGES], "has_more": len(cited) > MAX_USAGES}
            context |= {"usages": other_usages_of(item), "title": str(item)}
        return super().change_view(request, object_id, form_url, context)

    def add_view(self, request, form_url="", extra_context=None):
        context = {"title": f"Add a {self.opts.verbose_name}", **(extra_context or {})}
        return super().add_view(request, form_url, context)


@admin.register(Work)
class WorkAdmin(CatalogueAdmin):
    form = WorkForm
    list_display = ["title", "kind", "creator", "year", "essays", "quotations", "glosses"]
    list_filter = ["kind"]
    search_fields = ["title", "creator"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                essay_count=count_of(EssayWork.objects.all(), "work"),
                quotation_count=count_of(Quotation.objects.all(), "work"),
            )
        )

    @admin.display(description="essays on it", ordering="essay_count")
    def essays(self, work):
        return work.essay_count

    @admin.display(description="quotations", ordering="quotation_count")
    def quotations(self, work):
        return work.quotation_count


@admin.register(Theme)
class ThemeAdmin(CatalogueAdmin):
    form = ThemeForm
    list_display = ["name", "definition", "glosses", "passages"]
    list_filter = [
        task_filter("how often it is cited", "uncited themes"),
        task_filter("how many passages it is on", "themes on one passage"),
    ]
    search_fields = ["name", "definition"]

    def get_queryset(self, request):
        links = GlossLink.objects.filter(todo.PLACED_GLOSS, gloss__passage__number__isnull=False)
        return (
            super()
            .get_queryset(request)
            .annotate(on_passages=count_of(links, "theme", "gloss__passage"))
        )

    @admin.display(description="passages", ordering="on_passages")
    def passages(self, theme):
        return theme.on_passages


@admin.register(Quotation)
class QuotationAdmin(CatalogueAdmin):
    form = QuotationForm
    list_display = ["opening", "speaker", "work", "printed_by", "glosses"]
    list_filter = [
        task_filter("how often it is cited", "uncited quotations"),
        task_filter("its words", "differing quotations"),
        "work",
    ]
    search_fields = ["speaker", "text", "work__title"]
    list_select_related = ["work", "passage__essay"]

    @admin.display(description="words", ordering="text")
    def opening(self, quotation):
        return f"{quotation.text[:80]}{'…' if len(quotation.text) > 80 else ''}"

    @admin.display(description="printed by", ordering="passage__number", empty_value="no passage")
    def printed_by(self, quotation):
        passage = quotation.passage
        if passage is None:
            return None
        return capfirst(f"{passage.name} of {passage.essay}")

    def invalidate_pages(self, obj, before=None):
        moved = before and before.passage_id and before.passage_id != obj.passage_id
        revising.bump_counters(*([before.passage.essay] if moved else []), quotations=[obj])
        search.reindex(quotations=[obj])

    def change_view(self, request, object_id, form_url="", extra_context=None):
        item = self.get_object(request, unquote(object_id))
        context = dict(extra_context or {})
        if item and item.passage and item.text not in item.passage.text:
            near = nearest_words(item.passage.text, item.text)
            context |= {"differs": True, "pieces": compare(item.text, near) if near else []}
        return super().change_view(request, object_id, form_url, context)
