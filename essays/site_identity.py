"""The site's name, and which pages of its own it has: what every page shows.

Kept in the cache that all server processes share, and renewed there whenever it is saved.
"""

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.cache import cache

PAGES = ("about", "imprint", "privacy")
# Another number for another shape.
KEY = "site-2"


@dataclass(frozen=True)
class SiteIdentity:
    """`given` is the name that editors gave it; `pages` are the slug and title of each page."""

    given: str = ""
    pages: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.given or settings.SITE_NAME


def site_identity() -> SiteIdentity:
    """In one query where the cache has it not, else in none."""
    known = cache.get(KEY)
    if known is None:
        # Whoever read before a change is saved must not write over what was kept after it.
        cache.add(KEY, _read(), timeout=None)
        known = cache.get(KEY) or _read()
    return known


def renew() -> None:
    """Call once a change is committed."""
    cache.set(KEY, _read(), timeout=None)


def _read() -> SiteIdentity:
    row = apps.get_model("essays", "Site").objects.first()
    if row is None:
        return SiteIdentity()
    pages = tuple((page, getattr(row, f"{page}_title")) for page in PAGES if getattr(row, page))
    return SiteIdentity(row.name.strip(), pages)
