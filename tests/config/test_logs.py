"""The log, the request's id in it, and that nothing personal is."""

import json
import logging
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import environ
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from config.caches import caches as config_caches
from config.logs import JsonFormatter
from essays.models import Essay
from readers.addresses import hashed_address
from tests import cast
from tests.server import get, serving_prepared

pytestmark = pytest.mark.django_db

TYPED = "my-own-secret-words"
ADDRESS = "192.0.2.7"


@pytest.fixture(autouse=True)
def her() -> Essay:
    return cast.her()


@pytest.fixture
def lines(caplog):
    """The lines of the log so far, as they are written."""
    caplog.set_level(logging.INFO, "access")
    return lambda: [json.loads(JsonFormatter().format(record)) for record in caplog.records]


def fail(*_):
    raise ValueError(f"invalid: {TYPED}")


def failing_client() -> Client:
    return Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (f"/her/?q={TYPED}", "/her/"),
        (f"/salt-ledger/preview/{TYPED}/", "/salt-ledger/preview/<token>/"),
        (f"/accounts/password/reset/key/1-{TYPED}/", None),
    ],
)
def test_an_error_is_logged_without_what_was_typed_or_secret(lines, path, place):
    with connection.execute_wrapper(fail):
        response = failing_client().post(path, {"body": TYPED})
        response = failing_client().get(path)
    for line in lines():
        assert TYPED not in json.dumps(line)
        assert ADDRESS not in json.dumps(line)
    if place:
        assert response.status_code == 500
        [line] = [line for line in lines() if line["message"].startswith("GET")]
        assert line["message"] == f"GET {place}: 500"
        assert line["errors"][0]["type"] == "ValueError"
        assert any("test_logs.py" in frame for frame in line["errors"][0]["stack"])


def test_the_log_names_the_request_as_the_response_does(tmp_path, ready_database):
    """On a real server, since the id is known only while the request is answered."""
    with serving_prepared(tmp_path, ACCESS_LOG="on", **ready_database.variables) as url:
        name = get(url, "/").headers["X-Request-ID"]
    lines = map(json.loads, (tmp_path / "server.log").read_text().splitlines())
    [line] = [line for line in lines if line["request"] == name]
    assert (line["message"], line["path"], line["status"]) == ("request", "/", 200)


def test_a_request_id_of_the_proxy_is_taken_if_it_is_one(client, settings):
    given = "0123456789abcdef"
    assert client.get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client.get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given
    for other in ("short", "a" * 65, "not an id <b>"):
        assert client.get("/", headers={"X-Request-ID": other}).headers["X-Request-ID"] != other


def test_the_access_log_is_off_at_first(client, lines):
    client.get("/her/")
    assert lines() == []


def test_the_access_log_has_a_hash_in_place_of_the_address(settings, lines):
    settings.ACCESS_LOG = True
    visitor = Client(REMOTE_ADDR=ADDRESS)
    response = visitor.get(f"/her/opening/?words={TYPED}")
    visitor.get(f"/{TYPED}/")
    visitor.get(f"/her/preview/{TYPED}/")
    first, missing, secret = lines()
    expected = {"method": "GET", "path": "/her/opening/", "status": 200}
    assert expected.items() <= first.items()
    assert missing["path"] == "/<slug>/"
    assert secret["path"] == "/<slug>/preview/<token>/"
    assert first["visitor"] == missing["visitor"] == hashed_address(ADDRESS)
    assert TYPED not in json.dumps(lines()) and ADDRESS not in json.dumps(lines())
    assert response.headers["X-Request-ID"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="looks into the memory of the cache")
def test_limits_store_no_address():
    visitor = Client(REMOTE_ADDR=ADDRESS)
    visitor.post("/accounts/login/", {"login": "rosa", "password": "wrong"})
    visitor.post("/her/opening/write/", {"body": "", "choice": "whole"})
    stored = repr(cache._cache)
    assert "allauth" in stored
    assert ADDRESS not in stored


def test_the_key_of_the_hashes_is_forgotten_at_midnight(monkeypatch):
    day = SimpleNamespace(now=lambda: datetime(2026, 11, 30, 23, 59, tzinfo=UTC))
    monkeypatch.setattr("readers.addresses.timezone", day)
    today = hashed_address(ADDRESS)
    assert hashed_address(ADDRESS) == today != hashed_address("192.0.2.8")
    assert cache.get("address-key:2026-11-30")
    day.now = lambda: datetime(2026, 12, 1, tzinfo=UTC)
    assert hashed_address(ADDRESS) != today
    assert cache.get("address-key:2026-11-30") is None


def test_a_tick_deletes_the_key_of_an_earlier_release(settings, tmp_path, monkeypatch):
    def release(name: str) -> None:
        settings.CACHES = config_caches(environ.Env(), tmp_path, release=name, debug=False)

    def files() -> set[str]:
        return {path.name for path in (tmp_path / "cache" / "default").iterdir()}

    release("first")
    hashed_address(ADDRESS)
    before = files()
    release("second")
    tomorrow = time.time() + 25 * 3600
    monkeypatch.setattr("django.core.cache.backends.filebased.time.time", lambda: tomorrow)
    call_command("tick")
    assert before and not before & files()


def test_what_is_no_address_has_a_hash_of_its_own():
    assert hashed_address("") == hashed_address("nonsense") != hashed_address(ADDRESS)


def test_an_ipv6_address_is_counted_by_its_network():
    one = hashed_address("2001:db8:1:2::1")
    assert hashed_address("2001:db8:1:2:ffff::9") == one != hashed_address("2001:db8:1:3::1")


def test_an_ipv4_address_is_itself_where_the_server_sees_it_as_ipv6():
    assert hashed_address("::ffff:192.0.2.7") == hashed_address("192.0.2.7")
    assert hashed_address("::ffff:192.0.2.7") != hashed_address("::ffff:192.0.2.8")
