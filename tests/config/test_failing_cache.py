"""A cache that fails costs time, and no page."""

import json
import logging

import pytest
from django.core.cache import caches
from django.test import Client

from config import tolerant_caches
from tests import cast
from tests.postgres import Redis
from tests.server import output_of

LOGGER = tolerant_caches.logger.name


@pytest.fixture(autouse=True)
def not_logged_yet(monkeypatch):
    for backend in (tolerant_caches.FileCache, tolerant_caches.CountingFileCache):
        monkeypatch.setattr(backend, "_logged_at", float("-inf"))
    for backend in (tolerant_caches.RedisCache, tolerant_caches.CountingRedisCache):
        monkeypatch.setattr(backend, "_logged_at", float("-inf"))
    monkeypatch.setattr(tolerant_caches.RedisCache, "_asked_again_at", float("-inf"))
    tolerant_caches.CountingFileCache.spare.clear()
    tolerant_caches.CountingRedisCache.spare.clear()


def in_files(folder) -> dict:
    backend, counting = "FileCache", "CountingFileCache"
    return {
        alias: {"BACKEND": f"config.tolerant_caches.{name}", "LOCATION": folder / alias}
        for alias, name in (("default", counting), ("shared", backend), ("pages", backend))
    }


def with_redis(url: str, folder) -> dict:
    stores = in_files(folder)
    for alias, name in (("default", "CountingRedisCache"), ("shared", "RedisCache")):
        stores[alias] = {"BACKEND": f"config.tolerant_caches.{name}", "LOCATION": url}
    return stores


def damage(folder) -> int:
    paths = list(folder.rglob("*.djcache"))
    for path in paths:
        path.write_bytes(b"damaged")
    return len(paths)


def post_note(client):
    address = "/her/opening/write/"
    return client.post(address, {"body": "A note.", "choice": "whole", "audience": "private"})


@pytest.mark.django_db
def test_a_damaged_file_is_a_miss_and_is_written_anew(settings, tmp_path, caplog):
    cast.her()
    settings.CACHES = in_files(tmp_path)
    page = Client().get("/her/").content
    assert damage(tmp_path) >= 2
    with caplog.at_level(logging.ERROR, LOGGER):
        assert Client().get("/her/").content == page
    assert "The cache failed" in caplog.text
    assert [path for path in tmp_path.rglob("*.djcache") if path.read_bytes() == b"damaged"] == []
    caplog.clear()
    assert Client().get("/her/").content == page
    assert caplog.text == ""


def test_a_counter_whose_file_is_cut_short_begins_again(settings, tmp_path):
    """Its head still says when it expires, so until then `add` would leave it as it is."""
    settings.CACHES = in_files(tmp_path)
    counters = caches["default"]
    assert [counters.add("count", 0), counters.incr("count")] == [True, 1]
    [path] = tmp_path.rglob("*.djcache")
    path.write_bytes(path.read_bytes()[:-4])
    assert counters.add("count", 0) is False
    with pytest.raises(ValueError, match="not found"):
        counters.incr("count")
    assert [counters.add("count", 0), counters.incr("count")] == [True, 1]


@pytest.mark.django_db
def test_failures_are_logged_once_a_minute(settings, tmp_path, caplog):
    settings.CACHES = in_files(tmp_path)
    with caplog.at_level(logging.ERROR, LOGGER):
        for number in range(3):
            caches["shared"].set(f"key{number}", "value")
            damage(tmp_path)
            assert caches["shared"].get(f"key{number}") is None
    assert len(caplog.records) == 1


@pytest.mark.django_db
def test_with_redis_stopped_pages_are_drawn_and_limits_count_in_the_process(settings, tmp_path):
    cast.her()
    settings.NOTES_A_MINUTE_BY_ADDRESS = 3
    with Redis() as redis:
        settings.CACHES = with_redis(redis.url, tmp_path)
        page = Client().get("/her/")
        caches["default"].set("known", "to Redis")
        assert caches["default"].get("known") == "to Redis"
    assert Client().get("/her/").content == page.content
    assert caches["shared"].get("known") is None
    assert [caches["default"].add("count", 0), caches["default"].incr("count")] == [True, 1]
    assert caches["default"].incr("count") == 2
    with pytest.raises(ValueError, match="not found"):
        caches["default"].incr("nothing")
    statuses = [post_note(Client()).status_code for _ in range(5)]
    assert 429 in statuses and 500 not in statuses


def shipped(folder, **variables: str) -> dict[str, dict]:
    """CACHES as the settings of a site make it."""
    code = "import json; from config.settings import CACHES; print(json.dumps(CACHES, default=str))"
    return json.loads(output_of(code, folder, **variables))


def test_by_default_each_cache_has_files_in_a_folder_of_its_own(tmp_path):
    stores = shipped(tmp_path)
    for alias, one in in_files(tmp_path / "cache").items():
        assert stores[alias]["BACKEND"] == one["BACKEND"]
        assert stores[alias]["LOCATION"] == str(one["LOCATION"])


def test_redis_has_all_but_the_pages_and_holds_nobody_up(tmp_path):
    stores = shipped(tmp_path, CACHE_URL="redis://cache.example/1")
    assert stores["pages"] == shipped(tmp_path)["pages"]
    for alias, backend in (("default", "CountingRedisCache"), ("shared", "RedisCache")):
        assert stores[alias]["BACKEND"] == f"config.tolerant_caches.{backend}"
        assert stores[alias]["LOCATION"] == "redis://cache.example/1"
        assert stores[alias]["OPTIONS"] == {"socket_connect_timeout": 1, "socket_timeout": 1}


def test_every_key_begins_with_the_release(tmp_path):
    code = (
        "import django; django.setup(); from django.conf import settings; "
        "from django.core.cache import caches; "
        "print(all(caches[a].make_key('k').startswith(settings.RELEASE) for a in settings.CACHES))"
    )
    assert output_of(code, tmp_path, DJANGO_SETTINGS_MODULE="config.settings") == "True"
