from django import template

from annotations import highlighting

register = template.Library()


@register.filter
def lemma(words):
    """The first words of a phrase, as a gloss or a list begins with them."""
    return highlighting.lemma(words, limit=32)


@register.filter
def opening(text):
    """Enough of a passage to know it by."""
    return highlighting.lemma(text, limit=64)
