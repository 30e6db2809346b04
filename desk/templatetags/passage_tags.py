from django import template

from desk.passages.passage_list import PassageList

register = template.Library()


@register.simple_tag(takes_context=True)
def passages_of(context, essay):
    """The PassageList of an essay, for `admin/essays/essay/_passages.html`."""
    user = context["request"].user
    return PassageList(essay, user.has_perm("essays.change_passage"))
