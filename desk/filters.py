"""Filters of the desk's lists that show what its index counts."""

from django.contrib import admin


class TaskFilter(admin.SimpleListFilter):
    """`found` gives for each value of the parameter its words and the query that it stands for."""

    found = {}

    def lookups(self, request, model_admin):
        return [(value, words) for value, (words, _) in self.found.items()]

    def queryset(self, request, queryset):
        if self.value() not in self.found:
            return queryset
        _, query = self.found[self.value()]
        return queryset.filter(pk__in=query().order_by().values("pk"))
