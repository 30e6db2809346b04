from django.contrib import admin

from annotations.admin.desk import ReadOnlyAdmin
from essays.models import Passage


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
