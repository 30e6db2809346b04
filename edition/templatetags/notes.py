from django import template

from annotations.models import Standing

register = template.Library()


@register.filter
def seen_by(note):
    """Who sees a note, as its author is told."""
    if not note.is_public:
        return "only you"
    if note.standing == Standing.WAITING:
        return "anyone, once it is approved"
    if note.standing == Standing.HIDDEN:
        return "hidden by a moderator"
    return "anyone"
