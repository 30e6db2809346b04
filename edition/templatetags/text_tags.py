from django import template

from annotations.text import highlight

register = template.Library()


@register.filter
def lemma(words):
    """The first words of a phrase, as a gloss or a list begins with them."""
    return highlight.lemma(words, limit=32)


@register.filter
def opening(text):
    """Enough of a passage to know it by."""
    return highlight.lemma(text, limit=64)


@register.filter
def numbered(passage):
    """A passage as a sentence names it."""
    return f"passage {passage.number}" if passage.number else "a passage that was cut"
