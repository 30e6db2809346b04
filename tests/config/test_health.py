"""/healthz and /readyz, which monitoring asks."""

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from config.caches import ALIASES, NO_CACHE
from essays.identifiers import refuse_reserved

pytestmark = pytest.mark.django_db


def test_a_site_that_works_is_healthy_and_ready(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    response = client.get("/readyz")
    assert response.status_code == 200
    checks = {"ready": True, "database": "ok", "migrations": "ok", "cache": "ok"}
    assert response.json() == checks
    assert "no-store" in response.headers["Cache-Control"]


def test_health_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_a_missing_migration_makes_the_site_not_ready(client):
    MigrationRecorder.Migration.objects.filter(app="readers").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "Run `manage.py migrate`" in response.json()["migrations"]
    assert "readers 0001_initial" in response.json()["migrations"]


def test_a_database_that_is_away_makes_the_site_not_ready(client):
    def away(*_):
        raise OperationalError("it is away")

    with connection.execute_wrapper(away):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"].startswith("The database does not answer")
    assert client.get("/healthz").status_code == 200


def test_a_cache_that_keeps_nothing_makes_the_site_not_ready(client, settings):
    settings.CACHES = dict.fromkeys(ALIASES, NO_CACHE)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "CACHE_URL" in response.json()["cache"]


def test_monitoring_may_ask_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/").status_code == 301
    assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200


@pytest.mark.parametrize("word", "healthz readyz api rss new embed moments".split())
def test_no_essay_or_passage_may_take_the_word(word):
    with pytest.raises(ValidationError):
        refuse_reserved(word)
