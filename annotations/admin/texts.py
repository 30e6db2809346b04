from django.contrib import admin

from annotations import revising
from annotations.admin.desk import CorrectedAdmin, ReadOnlyAdmin
from essays.models import Essay, Passage, Work


@admin.register(Work)
class WorkAdmin(CorrectedAdmin):
    list_display = ["title", "kind", "creator", "year"]
    list_filter = ["kind"]
    search_fields = ["title", "creator"]
    readonly_fields = ["slug"]

    def renew(self, obj):
        revising.touch(works=[obj])


@admin.register(Essay)
class EssayAdmin(ReadOnlyAdmin):
    list_display = ["title", "status", "published_at"]
    list_filter = ["status"]
    search_fields = ["title", "dek"]


@admin.register(Passage)
class PassageAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "essay", "kind", "version", "opening"]
    list_filter = ["essay", "kind"]
    search_fields = ["key", "text"]
    list_select_related = ["essay"]
    fields = ["essay", "key", "number", "kind", "runs_on", "version", "source", "text", "leads_to"]

    @admin.display(description="text")
    def opening(self, passage):
        return passage.text[:80]
