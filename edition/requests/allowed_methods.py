from django.views.decorators import http
from django.views.decorators.csrf import csrf_exempt

FORM_METHODS = http.require_http_methods(["GET", "HEAD", "POST"])


def require_safe(view):
    """GET and HEAD only, like Django's; a POST gets 405 before its CSRF token is checked."""
    return csrf_exempt(http.require_safe(view))
