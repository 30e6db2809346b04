"""`csrf_token`, in place of Django's: some forms also say, signed, who opened them.

It is among the settings' builtins, so it holds for every form there, Django's own included.
"""

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from readers.typed_words import PERSON, keeps_words, sign_person

register = template.Library()


class SignedFormNode(CsrfTokenNode):
    def render(self, context):
        token = super().render(context)
        request = context.get("request")
        if not token or not keeps_words(request) or not request.user.is_authenticated:
            return token
        field = '<input type="hidden" name="{}" value="{}">'
        return token + format_html(field, PERSON, sign_person(request.user))


@register.tag
def csrf_token(parser, token):
    return SignedFormNode()
