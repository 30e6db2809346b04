from django import template

from annotations.models import Note, Standing

register = template.Library()


@register.filter
def seen_by(thing):
    """Who sees a note or reply, as its author is told."""
    if isinstance(thing, Note) and not thing.is_public:
        return "only you"
    if thing.standing == Standing.WAITING:
        return "anyone, once it is approved"
    if thing.standing == Standing.HIDDEN:
        return "hidden by a moderator"
    return "anyone"
