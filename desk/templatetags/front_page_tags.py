"""The tasks and the latest changes on the front page of the desk."""

from django import template
from django.urls import reverse

from annotations.editorial import activity
from desk.front_page import TASKS

register = template.Library()
MAX_EVENTS = 12


@register.simple_tag(takes_context=True)
def desk_tasks(context):
    """The tasks that this user may do; those that are done come last."""
    user = context["request"].user
    tasks = [task.counted() for task in TASKS.values() if task.is_counted_for(user)]
    return sorted(tasks, key=lambda task: task["count"] == 0)


@register.simple_tag(takes_context=True)
def desk_events(context):
    """The latest changes, for editors, each with the URL of its history."""
    if not context["request"].user.has_perm("essays.change_essay"):
        return []
    return [{"event": one, "url": _history_url(one.item)} for one in activity.events(MAX_EVENTS)]


def _history_url(item) -> str:
    if item is None or item.pk is None:
        return ""
    page = f"admin:{item._meta.app_label}_{item._meta.model_name}"
    return reverse(f"{page}_history", args=[item.pk])
