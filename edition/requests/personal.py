"""Pages that show one reader what is theirs, and nobody else."""

from functools import wraps

from django.conf import settings
from django.utils.cache import patch_cache_control, patch_vary_headers


def is_personal(request) -> bool:
    """Whether a reader may be known, by what came with the request; reads no database."""
    names = settings.SESSION_COOKIE_NAME, settings.GUEST_COOKIE_NAME, settings.PREVIEW_COOKIE_NAME
    return any(name in request.COOKIES for name in names)


def personal(view):
    """Keep what a view answers from everybody else's caches."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        return keep_private(view(request, *args, **kwargs))

    return inner


def keep_private(response):
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response
