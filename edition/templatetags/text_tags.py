from django import template

from annotations.text import highlight

register = template.Library()


@register.filter
def lemma(words):
    """The first words of a phrase, as a gloss or a list item begins."""
    return highlight.lemma(words, limit=32)


@register.filter
def opening(text):
    """The first words of a passage, enough to recognise it."""
    return highlight.lemma(text, limit=64)
