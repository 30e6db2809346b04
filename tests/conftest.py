import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import settings

from essays.site_identity import site_identity
from tests.server import own_database

settings.register_profile("the same every time", derandomize=True, deadline=None)
settings.load_profile("the same every time")


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def cached_site_identity(db):
    """Put the site's name into the cache, as any earlier request would have done."""
    site_identity()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Ask the database here, once, whether it supports JSON: some tests count queries."""
    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


@pytest.fixture
def site_database(db, tmp_path):
    """An empty database for the processes that a test starts with `tmp_path` as their DATA_DIR."""
    with own_database(tmp_path) as made:
        yield made
