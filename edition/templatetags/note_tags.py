from django import template

from annotations.models import Note, Standing

register = template.Library()


@register.filter
def seen_by(written):
    """Who can see a note or reply, for its author."""
    if isinstance(written, Note) and not written.is_public:
        return "only you"
    if written.standing == Standing.WAITING:
        return "anyone, once it is approved"
    if written.standing == Standing.HIDDEN:
        return "hidden by a moderator"
    return "anyone"
