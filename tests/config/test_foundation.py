"""Properties of every response, and of the settings and the data folder."""

import errno
import fcntl
import os
import stat
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from config import data_dir
from config.release import release_of
from tests import cast
from tests.server import output_of, settings_with

pytestmark = pytest.mark.django_db

NOWHERE = "/nowhere-at-all/"


@pytest.mark.parametrize("path", ["/", "/admin/login/", NOWHERE])
def test_every_response_has_the_security_headers(client, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/admin/login/", NOWHERE])
def test_the_content_security_policy_allows_only_own_files(client, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["base-uri"] == directives["frame-ancestors"] == "'none'"
    assert set(directives.values()) == {"'none'", "'self'"}


@pytest.mark.parametrize("path", ["/", NOWHERE])
def test_reading_sets_no_cookie(client, path):
    assert not client.get(path).cookies


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost.elsewhere.example", "a b", ""])
@pytest.mark.parametrize("path", ["/", NOWHERE, "/static/css/pages/base.css"])
def test_an_unknown_host_is_refused(client, host, path):
    response = client.get(path, headers={"Host": host})
    assert response.status_code == 400
    assert response.content == b"No site is served under this name.\n"


@pytest.mark.parametrize("host", ["localhost", "localhost:8123", "127.0.0.1:8000", "[::1]:8000"])
def test_local_addresses_are_known_hosts(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 200


ALLOWED_METHODS = {
    "/": "GET, HEAD",
    "/search/": "GET, HEAD",
    "/accounts/inactive/": "GET, HEAD",
    "/static/css/pages/base.css": "GET, HEAD",
    NOWHERE: "GET, HEAD",
    "/notes/1/edit/": "GET, HEAD, POST",
    "/accounts/login/": "GET, HEAD, POST",
    "/admin/": "GET, HEAD, POST",
    "/notes/1/restore/": "POST",
    "/notes/1/replies/": "POST",
}


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "BREW"])
@pytest.mark.parametrize("path", ALLOWED_METHODS)
def test_an_unknown_method_is_refused_with_the_allowed_ones(client, method, path):
    response = client.generic(method, path)
    assert response.status_code == 405
    assert response.headers["Allow"] == ALLOWED_METHODS[path]


def test_the_admin_refuses_an_unknown_method_before_any_view_runs(
    client, django_assert_num_queries
):
    client.force_login(cast.superuser())
    with django_assert_num_queries(0):
        assert client.put("/admin/").status_code == 405


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("POST", path) for path in ("/", "/search/", "/accounts/inactive/")),
        ("POST", "/static/css/pages/base.css"),
        *(("GET", path) for path in ("/notes/1/restore/", "/notes/1/replies/")),
    ],
)
def test_a_view_that_refuses_a_method_names_the_same_methods(client, method, path):
    response = client.generic(method, path)
    assert response.status_code == 405
    assert response.headers["Allow"] == ALLOWED_METHODS[path]


def test_a_read_only_page_refuses_post_with_and_without_a_token():
    assert Client(enforce_csrf_checks=True).post("/", {"a": "b"}).status_code == 405
    assert Client().post("/", {"a": "b"}).status_code == 405


def test_head_answers_without_a_body(client):
    response = client.head("/")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", ["/", "/themes/", "/accounts/login/"])
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        *[("gzip", "gzip"), ("br, GZIP;q=0.1", "gzip"), ("gzip;q=0.001", "gzip")],
        *[("gzip;q=0", None), ("deflate, gzip ; q=0.000", None), ("gzip;q=0, *;q=0", None)],
        *[("identity", None), ("", None), (",;q=0", None)],
    ],
)
def test_an_encoding_is_used_only_if_it_is_accepted(client, path, accepted, coding):
    response = client.get(path, headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in response.headers["Vary"]
    assert coding or b"</html>" in response.content


def test_the_icon_has_its_customary_address(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (302, "/static/favicon.ico")
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert "Cookie" not in response.headers.get("Vary", "")


MALFORMED = [
    "/%00",
    "/%ff%fe/",
    "/%zz/",
    "/..%2f..%2fetc/passwd",
    "/{}%7B/",
]


@pytest.mark.parametrize("path", MALFORMED)
def test_a_malformed_address_is_not_found(client, path):
    assert client.get(path).status_code == 404


# The secret and the folder


def test_the_secret_key_is_created_once_and_readable_only_by_its_owner(tmp_path):
    key = data_dir.secret_key(tmp_path)
    path = tmp_path / "secret_key"
    assert data_dir.secret_key(tmp_path) == key
    assert len(key) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_processes_that_start_together_use_one_secret_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: data_dir.secret_key(tmp_path), range(64)))
    assert len(keys) == 1


def test_a_secret_key_is_created_without_hard_links(tmp_path, monkeypatch):
    def refuse(*paths):
        raise PermissionError("Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    key = data_dir.secret_key(tmp_path)
    path = tmp_path / "secret_key"
    assert data_dir.secret_key(tmp_path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_secret_key_is_refused_with_a_remedy(tmp_path):
    (tmp_path / "secret_key").touch()
    with pytest.raises(ImproperlyConfigured, match="Delete it and start again"):
        data_dir.secret_key(tmp_path)


def test_an_impossible_data_folder_is_refused_with_a_remedy(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match="Set DATA_DIR to a folder"):
        data_dir.prepare(tmp_path / "file" / "var")


@pytest.mark.parametrize("function", [(fcntl, "flock"), (tempfile, "mkstemp")])
def test_a_data_folder_without_locks_or_not_writable_is_refused_with_a_remedy(
    tmp_path, monkeypatch, function
):
    def refuse(*_, **options):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(*function, refuse)
    with pytest.raises(
        ImproperlyConfigured, match=r"\(Operation not permitted\)\. Set DATA_DIR to"
    ):
        data_dir.secret_key(tmp_path)


def test_an_unreadable_secret_key_is_refused_with_a_remedy(tmp_path):
    (tmp_path / "secret_key").mkdir()
    with pytest.raises(ImproperlyConfigured, match="Set DATA_DIR to a folder"):
        data_dir.secret_key(tmp_path)


# The address of the site


def test_an_https_address_makes_https_mandatory(tmp_path):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
    names += ["SECURE_HSTS_SECONDS", "ALLOWED_HOSTS"]
    public = settings_with(names, tmp_path, SITE_URL="https://essays.example.org")
    assert public.startswith("[True, True, True, 31536000, ['essays.example.org', ")


def test_by_default_https_is_not_needed():
    assert not settings.SESSION_COOKIE_SECURE
    assert not settings.SECURE_SSL_REDIRECT
    assert settings.SECURE_HSTS_SECONDS == 0
    assert settings.SITE_URL == "http://localhost:8000"
    assert not settings.DEBUG


@pytest.mark.parametrize("url", ["essays.example.org", "ftp://a.example", "https://a.example/blog"])
def test_an_invalid_site_url_is_refused_with_a_remedy(tmp_path, url):
    assert "nothing after the host" in settings_with(["SITE_URL"], tmp_path, SITE_URL=url)


def test_postgresql_and_redis_are_configured_by_url(tmp_path):
    addresses = {
        "DATABASE_URL": "postgres://u:p@db.example/essays",
        "CACHE_URL": "redis://cache.example/1",
    }
    text = settings_with(["DATABASES", "CACHES"], tmp_path, **addresses)
    assert "'django.db.backends.postgresql'" in text
    assert "RedisCache" in text


def test_sqlite_is_asked_to_sync_every_commit_and_to_overwrite_what_is_deleted(tmp_path):
    """Some builds of SQLite do so unasked, so what it does here would not show that it is asked."""
    code = (
        "from config.settings import DATABASES; "
        "print(DATABASES['default']['OPTIONS']['init_command'])"
    )
    asked = output_of(code, tmp_path).split("; ")
    assert {"PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON"} <= set(asked)


@pytest.mark.parametrize(
    ("module", "variables", "pooled"),
    [
        *[("config.wsgi", {}, True), ("config.asgi", {}, True), ("config.settings", {}, False)],
        ("config.wsgi", {"DATABASE_POOL": "off"}, False),
    ],
)
def test_only_server_processes_pool_connections(tmp_path, module, variables, pooled):
    url = "postgres://u:p@db.example/essays?sslmode=require"
    code = f"import {module}; from django.conf import settings; print(settings.DATABASES)"
    text = output_of(code, tmp_path, DATABASE_URL=url, **variables)
    assert "'sslmode': 'require'" in text
    assert ("'pool': {" in text) == pooled


# The release


def test_a_changed_template_makes_another_release(tmp_path):
    page = tmp_path / "templates" / "page.html"
    page.parent.mkdir()
    page.write_text("<p>One</p>")
    before = release_of(tmp_path)
    assert release_of(tmp_path) == before
    page.write_text("<p>Two</p>")
    assert release_of(tmp_path) != before
