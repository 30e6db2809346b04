"""The site's name and the list of its own pages, which every page shows.

They are in the cache that all server processes share, and renewed there with every save.
"""

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.cache import caches

PAGES = ("about", "imprint", "privacy")
# The page “Privacy” is there without a text of the editors: it is made from the code.
ALWAYS_THERE = {"privacy"}
KEY = "site"


@dataclass(frozen=True)
class SiteIdentity:
    """`custom_name` is the name that editors gave the site, if any.

    `pages` has the slug and title of each page.
    """

    custom_name: str = ""
    pages: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.custom_name or settings.SITE_NAME


def site_identity() -> SiteIdentity:
    """Read from the cache; one query if it is not there."""
    cache = caches["shared"]
    identity = cache.get(KEY)
    if identity is None:
        # add(), not set(): a request that read the old row must not overwrite the value stored
        # after a save.
        cache.add(KEY, _read(), timeout=None)
        identity = cache.get(KEY) or _read()
    return identity


def renew() -> None:
    """Store the current row; called after a save is committed."""
    caches["shared"].set(KEY, _read(), timeout=None)


def _read() -> SiteIdentity:
    model = apps.get_model("essays", "Site")
    row = model.objects.first() or model()
    there = [page for page in PAGES if page in ALWAYS_THERE or getattr(row, page)]
    pages = tuple((page, getattr(row, f"{page}_title")) for page in there)
    return SiteIdentity(row.name.strip(), pages)
