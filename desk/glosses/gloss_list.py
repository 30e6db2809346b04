"""The states of a gloss's words, as lists show and filter them."""

from django.contrib import admin

from annotations.models import Gloss

STATE_LABELS = {
    Gloss.State.ORPHANED: "gone",
    Gloss.State.CHANGED: "changed since",
    Gloss.State.MOVED: "in another passage",
    Gloss.State.KEPT: "as written",
}


class WordsFilter(admin.SimpleListFilter):
    title = "what became of its words"
    parameter_name = "words"

    def lookups(self, request, model_admin):
        return STATE_LABELS.items()

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in STATE_LABELS else queryset
