"""What every template may name."""

from functools import cached_property

from django.conf import settings

from essays.site_identity import site_identity


class Named:
    """The site as templates name it; the cache is asked when one does."""

    @cached_property
    def face(self):
        return site_identity()

    @property
    def name(self):
        return self.face.name

    @property
    def pages(self):
        return self.face.pages

    @property
    def url(self):
        return settings.SITE_URL.rstrip("/")


def site(request):
    return {"site": Named()}
