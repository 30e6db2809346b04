import pytest
from django.core.cache import cache
from hypothesis import settings

settings.register_profile("the same every time", derandomize=True, deadline=None)
settings.load_profile("the same every time")


@pytest.fixture(autouse=True)
def nothing_cached():
    cache.clear()
