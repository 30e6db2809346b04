import pytest
from django.core.cache import cache
from hypothesis import settings

from essays.site import face

settings.register_profile("the same every time", derandomize=True, deadline=None)
settings.load_profile("the same every time")


@pytest.fixture(autouse=True)
def nothing_cached():
    cache.clear()


@pytest.fixture
def face_kept(db):
    """The site's name is in the cache, as it is once any page was asked for."""
    face()
