"""Filters of the desk's lists by the tasks that its front page counts."""

from django.contrib import admin

from desk.front_page import TASKS


class TaskFilter(admin.SimpleListFilter):
    """A filter whose choices are tasks, by the value that each has in the query string."""

    tasks = {}

    def lookups(self, request, model_admin):
        return [(value, task.task_list.choice) for value, task in self.tasks.items()]

    def queryset(self, request, queryset):
        if self.value() not in self.tasks:
            return queryset
        query = self.tasks[self.value()].query
        return queryset.filter(pk__in=query().order_by().values("pk"))


def task_filter(title: str, *names: str) -> type[TaskFilter]:
    """A filter of a list by these TASKS, whose searches have one parameter."""
    tasks = {}
    for name in names:
        parameter, _, value = TASKS[name].task_list.search.partition("=")
        tasks[value] = TASKS[name]
    attributes = {"title": title, "parameter_name": parameter, "tasks": tasks}
    return type("TaskFilter", (TaskFilter,), attributes)
