from django.contrib import admin

from annotations import revising
from annotations.admin.desk import CorrectedAdmin
from annotations.models import Quotation, Theme
from essays.models import Work


@admin.register(Work)
class WorkAdmin(CorrectedAdmin):
    list_display = ["title", "kind", "creator", "year"]
    list_filter = ["kind"]
    search_fields = ["title", "creator"]
    readonly_fields = ["slug"]

    def renew(self, obj):
        revising.touch(works=[obj])


@admin.register(Theme)
class ThemeAdmin(CorrectedAdmin):
    list_display = ["name", "definition"]
    search_fields = ["name", "definition"]
    readonly_fields = ["slug"]

    def renew(self, obj):
        revising.touch(themes=[obj])


@admin.register(Quotation)
class QuotationAdmin(CorrectedAdmin):
    """Its words follow the passage that prints them, so they are not typed here."""

    list_display = ["__str__", "work", "passage"]
    list_filter = ["work"]
    search_fields = ["speaker", "text"]
    list_select_related = ["work", "passage"]
    readonly_fields = ["slug", "text", "work", "passage"]

    def renew(self, obj):
        revising.touch(quotations=[obj])
