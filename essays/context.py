"""Context for every template."""

from functools import cached_property

from django.conf import settings

from essays.site_identity import site_identity


class SiteContext:
    """The variable `site` of templates; it reads the cache only if a template uses it."""

    @cached_property
    def _identity(self):
        return site_identity()

    @property
    def name(self):
        return self._identity.name

    @property
    def pages(self):
        return self._identity.pages

    @property
    def url(self):
        return settings.SITE_URL.rstrip("/")


def site(request):
    return {"site": SiteContext()}
