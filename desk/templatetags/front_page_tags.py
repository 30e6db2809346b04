"""What the index of the desk says: what asks for whoever looks, and what changed lately."""

from django import template
from django.urls import reverse

from annotations.editorial import activity
from desk.front_page import TASKS

register = template.Library()
MOST_EVENTS = 12


@register.simple_tag(takes_context=True)
def desk_tasks(context):
    """What there is to do, then what is done, as far as who looks may do it."""
    user = context["request"].user
    found = [task.counted() for task in TASKS if user.has_perm(task.permission)]
    return sorted(found, key=lambda task: task["count"] == 0)


@register.simple_tag(takes_context=True)
def desk_events(context):
    """What changed lately, for editors; each with the page that tells more of it."""
    if not context["request"].user.has_perm("essays.change_essay"):
        return []
    return [{"event": one, "url": _page_of(one.thing)} for one in activity.events(MOST_EVENTS)]


def _page_of(thing) -> str:
    if thing is None or thing.pk is None:
        return ""
    page = f"admin:{thing._meta.app_label}_{thing._meta.model_name}"
    return reverse(f"{page}_history", args=[thing.pk])
