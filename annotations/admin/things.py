from django.contrib import admin

from annotations import curating, revising
from annotations.admin.desk import CorrectedAdmin
from annotations.admin.filters import TaskFilter
from annotations.admin.histories import HistoryAdmin
from annotations.models import Quotation, Theme
from essays.models import Work


class CitedFilter(TaskFilter):
    title = "how often it is cited"
    parameter_name = "cited"
    found = {"never": ("never", curating.quotations_never_cited)}


class DifferFilter(TaskFilter):
    title = "its words"
    parameter_name = "words"
    found = {"differ": ("differ from its passage", curating.quotations_that_differ)}


class PassagesFilter(TaskFilter):
    title = "how many passages it is on"
    parameter_name = "passages"
    found = {"one": ("one", curating.themes_on_one_passage)}


@admin.register(Work)
class WorkAdmin(HistoryAdmin, CorrectedAdmin):
    list_display = ["title", "kind", "creator", "year"]
    list_filter = ["kind"]
    search_fields = ["title", "creator"]
    readonly_fields = ["slug"]

    def renew(self, obj):
        revising.touch(works=[obj])


@admin.register(Theme)
class ThemeAdmin(HistoryAdmin, CorrectedAdmin):
    list_display = ["name", "definition"]
    list_filter = [PassagesFilter]
    search_fields = ["name", "definition"]
    readonly_fields = ["slug"]

    def renew(self, obj):
        revising.touch(themes=[obj])


@admin.register(Quotation)
class QuotationAdmin(HistoryAdmin, CorrectedAdmin):
    """Its words follow the passage that prints them, so they are not typed here."""

    list_display = ["__str__", "work", "passage"]
    list_filter = [CitedFilter, DifferFilter, "work"]
    search_fields = ["speaker", "text"]
    list_select_related = ["work", "passage"]
    readonly_fields = ["slug", "text", "work", "passage"]

    def renew(self, obj):
        revising.touch(quotations=[obj])
