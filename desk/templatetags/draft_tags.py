from django import template

from readers.typed_words import SAVED

register = template.Library()


@register.simple_tag(takes_context=True)
def saved_form(context):
    """The URL of the form that was saved last, said once: scripts then remove its draft."""
    return context["request"].session.pop(SAVED, "")
