from django.views.decorators import http
from django.views.decorators.csrf import csrf_exempt


def require_safe(view):
    """GET and HEAD only, as Django's own; a POST gets 405 before anything asks for its token."""
    return csrf_exempt(http.require_safe(view))
