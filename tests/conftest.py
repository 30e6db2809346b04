import gc
import os
from itertools import chain
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from hypothesis import settings

from essays.site_identity import site_identity
from readers import limit_counters
from tests import prepared_site
from tests import shared_database as shared
from tests.all_caches import clear_caches
from tests.server import own_database

settings.register_profile("the same every time", derandomize=True, deadline=None)
settings.load_profile("the same every time")

# The files that take longest, the longest first.
SLOW_FILES = [
    *("test_who_sees_what.py", "test_backup.py", "test_deploy.py", "test_two_writers.py"),
    *("test_set_up.py", "test_tick.py", "test_faults.py", "test_server.py", "test_revising.py"),
    *("test_create_note.py", "test_rate_limits.py", "test_html.py", "test_cards.py"),
    *("test_search.py", "test_roles.py", "test_desk_lists.py", "test_veil.py"),
]
DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(config, items: list) -> None:
    if connection.vendor == "postgresql":
        others = [item for item in items if not uses_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if uses_database(item)]
    put_slow_files_first(items)


def uses_database(item) -> bool:
    """If it uses none, or one is as good as another, it is enough to run it on SQLite."""
    if item.get_closest_marker("one_database"):
        return False
    return bool(item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames))


def pytest_collection_finish() -> None:
    """Spare Python the search for garbage among modules and tests, which all stay."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)


def put_slow_files_first(items: list) -> None:
    """Or one of two workers would run the last one alone.

    `--dist worksteal` gives each of them a half of the list to begin with. A file stays in one
    half, for the fixtures that its tests share.
    """
    slow = {name: [one for one in items if one.path.name == name] for name in SLOW_FILES}
    first = list(chain(*list(slow.values())[::2]))
    second = list(chain(*list(slow.values())[1::2]))
    quick = [item for item in items if item.path.name not in slow]
    middle = max(0, len(items) // 2 - len(first))
    items[:] = first + quick[:middle] + second + quick[middle:]


@pytest.fixture(autouse=True)
def empty_cache():
    clear_caches()
    limit_counters.process.clear()


@pytest.fixture
def cached_site_identity(db):
    """Put the site's name into the cache, as any earlier request would have done."""
    site_identity()


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix():
    """Leave the names of the databases alone: on SQLite it would take the file of the settings.

    tests/settings.py names those of PostgreSQL; on SQLite each worker has its own in its memory.
    """


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Ask the database here, once, whether it supports JSON: some tests count queries."""
    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


@pytest.fixture
def clock(monkeypatch):
    """A clock for the limits a minute that stands still; its `seconds` can be set."""
    clock = SimpleNamespace(seconds=30)
    stopped = SimpleNamespace(time=lambda: clock.seconds)
    monkeypatch.setattr("readers.limit_counters.time", stopped)
    return clock


@pytest.fixture
def site_database(db, tmp_path):
    """An empty database for the processes that a test starts with `tmp_path` as their DATA_DIR."""
    with own_database(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def prepared_data(tmp_path_factory) -> Path:
    """The data folder that all workers copy."""
    root = tmp_path_factory.getbasetemp()
    return prepared_site.prepare(root.parent if "PYTEST_XDIST_WORKER" in os.environ else root)


@pytest.fixture
def ready_database(db, prepared_data, tmp_path):
    """A site that is set up, with `tmp_path` as its data folder and this database."""
    prepared_site.copy(prepared_data, tmp_path)
    with own_database(tmp_path, prepared_site.TEMPLATE) as made:
        yield made


@pytest.fixture(scope="session")
def prepared_database(django_db_setup, django_db_blocker, tmp_path_factory):
    with (
        django_db_blocker.unblock(),
        shared.prepared(tmp_path_factory.mktemp("prepared-database")) as name,
    ):
        yield name


@pytest.fixture
def shared_database(prepared_database, django_db_blocker, tmp_path):
    """A database with the essays of the cast, which every thread reaches by its own connection."""
    with (
        django_db_blocker.unblock(),
        shared.copy_of(prepared_database, tmp_path) as name,
        shared.using(name),
    ):
        yield name
