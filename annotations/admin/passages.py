from django.contrib import admin

from annotations import curating
from annotations.admin.desk import ReadOnlyAdmin
from annotations.admin.filters import TaskFilter
from essays.models import Passage


class WithoutFilter(TaskFilter):
    title = "what it lacks"
    parameter_name = "without"
    found = {
        "gloss": ("no gloss", curating.passages_without_gloss),
        "theme": ("after the veil, no theme", curating.passages_without_theme),
    }


@admin.register(Passage)
class PassageAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "essay", "kind", "version", "opening"]
    list_filter = [WithoutFilter, "essay", "kind"]
    search_fields = ["key", "text"]
    list_select_related = ["essay"]
    fields = ["essay", "key", "number", "kind", "runs_on", "version", "source", "text", "leads_to"]

    @admin.display(description="text")
    def opening(self, passage):
        return passage.text[:80]
