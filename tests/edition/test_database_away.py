"""While the database cannot be reached, pages say so, and those checked lately are still served."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from annotations.models import Note
from edition.requests import page_cache
from tests import cast, dom
from tests.shared_database import elsewhere
from tests.written_notes import be, guest

FORM = {"body": "Words that <b>nobody</b> may lose.", "choice": "whole", "audience": "private"}
WRITE = "/her/opening/write/"


@pytest.fixture
def client(shared_database):
    page_cache._checked.clear()
    yield Client(raise_request_exception=False)
    page_cache._checked.clear()


@contextmanager
def database_away(other: str | None = None):
    """The database has another name for a while, so nobody can connect to it."""
    connection.close()
    settings = connection.settings_dict
    nowhere = "/nowhere/at/all" if is_sqlite() else "nowhere"
    name, settings["NAME"] = settings["NAME"], other or nowhere
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = name


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def assert_says_so(response):
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    page = dom.of(response)
    assert page.one("h1").text == "Back in a moment"
    assert page.all("link[rel=stylesheet]")


@pytest.mark.skipif("not is_sqlite()", reason="PostgreSQL does not call this operational.")
def test_a_database_without_its_tables_is_not_called_away(client, tmp_path):
    with database_away(str(tmp_path / "empty.sqlite3")):
        response = client.get("/works/her/")
    assert response.status_code == 500
    assert dom.of(response).one("h1").text == "Something went wrong here"


@pytest.mark.parametrize("path", ["/her/", "/", "/works/her/", "/notebook/", "/admin/"])
def test_a_page_that_was_not_checked_lately_says_so(client, path):
    rosa = Client(raise_request_exception=False)
    rosa.force_login(cast.reader())
    with database_away():
        assert_says_so(client.get(path))
        assert_says_so(rosa.get(path))
    assert client.get(path).status_code in (200, 302)
    assert rosa.get(path).status_code in (200, 302)


def test_a_page_that_was_checked_in_the_last_minute_is_served(client, monkeypatch):
    before = client.get("/her/")
    a_guest = be(Client(raise_request_exception=False), guest())
    now = page_cache.time.monotonic()
    with database_away():
        during = client.get("/her/")
        assert (during.status_code, during.content) == (200, before.content)
        assert during.headers["ETag"] == before.headers["ETag"]
        unchanged = client.get("/her/", headers={"If-None-Match": before.headers["ETag"]})
        assert unchanged.status_code == 304
        assert_says_so(a_guest.get("/her/"))
        monkeypatch.setattr(page_cache, "time", SimpleNamespace(monotonic=lambda: now + 61))
        assert_says_so(client.get("/her/"))
    assert client.get("/her/").status_code == 200


def test_what_was_typed_is_on_the_page_and_can_be_sent_again(client):
    with database_away():
        response = client.post(WRITE, FORM)
    assert_says_so(response)
    assert FORM["body"] in [area.text_content.strip() for area in dom.of(response).all("textarea")]
    assert client.post(WRITE, FORM).status_code == 303
    assert Note.objects.get().body == FORM["body"]


def test_a_password_is_not_on_the_page(client):
    with database_away():
        form = {"login": "rosa", "password": cast.PASSWORD}
        response = client.post("/accounts/login/", form)
    assert_says_so(response)
    assert cast.PASSWORD not in response.text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has one lock for all who write.")
def test_a_lock_that_is_held_too_long_is_told_with_what_was_typed(client):
    connection.close()
    connection.settings_dict["OPTIONS"]["timeout"] = 0
    try:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            response = elsewhere(lambda: client.post(WRITE, FORM))
            assert_says_so(response)
            assert "Words that &lt;b&gt;nobody" in response.text
            cursor.execute("ROLLBACK")
    finally:
        connection.settings_dict["OPTIONS"]["timeout"] = 20
    assert client.post(WRITE, FORM).status_code == 303


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's disk is not ours to fill.")
def test_a_full_disk_is_told_with_what_was_typed(client):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    bodies = [{**FORM, "body": f"{FORM['body']} {'Long. ' * 700}"} for _ in range(40)]
    statuses = [client.post(WRITE, body).status_code for body in bodies]
    assert 503 in statuses
    assert Note.objects.count() == statuses.count(303)
    assert_says_so(client.post(WRITE, bodies[0]))
    connection.close()  # The limit is that of the connection.
    assert client.post(WRITE, bodies[0]).status_code == 303
