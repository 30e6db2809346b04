"""Answers that depend on the reader, kept out of shared caches."""

from functools import wraps

from django.conf import settings
from django.utils.cache import patch_cache_control, patch_vary_headers


def is_personal(request) -> bool:
    """Whether the request has a cookie that may identify a reader; makes no query."""
    names = settings.SESSION_COOKIE_NAME, settings.GUEST_COOKIE_NAME, settings.PREVIEW_COOKIE_NAME
    return any(name in request.COOKIES for name in names)


def personal(view):
    """Decorator: keep the view's answers out of shared caches."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        return keep_private(view(request, *args, **kwargs))

    return inner


def keep_private(response):
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response
