"""The list of glosses: what became of their words, and where they lead."""

from django.contrib import admin

from annotations.models import Gloss

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
