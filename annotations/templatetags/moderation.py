from django import template
from django.urls import reverse

from annotations import moderating
from annotations.models import Standing

register = template.Library()

QUEUES = [
    ("note", "note waiting for approval", "notes waiting for approval"),
    ("reply", "reply waiting for approval", "replies waiting for approval"),
    ("flag", "open flag", "open flags"),
]


@register.simple_tag(takes_context=True)
def to_moderate(context):
    """What waits for whoever looks, as far as they may decide on it: links with their words."""
    waiting = {
        "note": moderating.public_notes().filter(standing=Standing.WAITING),
        "reply": moderating.public_replies().filter(standing=Standing.WAITING),
        "flag": moderating.open_flags(),
    }
    user = context["request"].user
    return [
        {"url": reverse(f"admin:annotations_{kind}_changelist"), "words": f"{count} {words}"}
        for kind, one, many in QUEUES
        if user.has_perm(f"annotations.change_{kind}")
        for count in [waiting[kind].count()]
        for words in [one if count == 1 else many]
    ]
