from django import template

from desk.passages.passage_list import PassageList
from readers.typed_words import is_only_shown

register = template.Library()


@register.simple_tag(takes_context=True)
def passages_of(context, essay):
    """The PassageList of an essay, for `admin/essays/essay/_passages.html`."""
    user, typed = context["request"].user, {}
    if is_only_shown(context["request"]):
        typed = context["request"].POST
    return PassageList(essay, user.has_perm("essays.change_passage"), typed)
