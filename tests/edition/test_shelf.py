from datetime import UTC, datetime

import pytest
from django.test import Client

from annotations import revising
from essays.models import Essay
from tests import cast, dom

pytestmark = pytest.mark.django_db


def items(client):
    return dom.of(client.get("/")).one("ul.shelf").all("article")


def test_the_shelf_lists_every_published_essay_with_its_works_and_size(client):
    her, other = cast.her(), cast.second()
    texts = {item.one("h2").text: item.text for item in items(client)}
    assert set(texts) == {her.title, other.title}
    assert "On Her (2013)" in texts[her.title]
    assert "15 passages, 8 themes." in texts[her.title]
    assert "On The Salt Ledger (1978)" in texts[other.title]
    assert "8 passages, 2 themes." in texts[other.title]


def test_the_newest_essay_comes_first(client):
    for essay, day in [(cast.her(), 1), (cast.second(), 2)]:
        Essay.objects.filter(pk=essay.pk).update(published_at=datetime(2026, 5, day, tzinfo=UTC))
    assert [item.one("a")["href"] for item in items(client)] == ["/salt-ledger/", "/her/"]


def test_a_theme_that_the_essay_no_longer_shows_is_not_counted(client):
    other = cast.second()
    for passage in other.passages.current():
        watching = other.glosses.filter(links__theme__slug="watching", passage=passage)
        if watching.exists():
            revising.retire(other.passages.get(pk=passage.pk))
    [item] = items(client)
    count = dom.of(client.get("/salt-ledger/")).one("p.facts").text
    assert "1 theme." in item.text
    assert "· 1 theme ·" in count


def test_every_essay_has_its_own_colour(client):
    cast.her()
    cast.second()
    reading = dom.of(client.get("/"))
    sheets = [link["href"] for link in reading.all("link[rel=stylesheet]")]
    own = [sheet for sheet in sheets if "/colour-" in sheet]
    assert len(own) == 2
    assert all(client.get(sheet).status_code == 200 for sheet in own)
    assert {li["data-essay"] for li in reading.all("li[data-essay]")} == {"her", "salt-ledger"}


def test_a_draft_is_not_on_the_shelf(client):
    cast.her(draft=True)
    html = client.get("/").content.decode()
    assert "Not About the Future" not in html
    assert "No essay is published here yet" in html


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE"])
def test_the_shelf_refuses_other_methods(method):
    assert Client(enforce_csrf_checks=True).generic(method, "/").status_code == 405


@pytest.mark.usefixtures("cached_site_identity")
def test_the_shelf_takes_no_more_queries_with_more_essays(client, django_assert_num_queries):
    her = cast.her()
    with django_assert_num_queries(4):
        client.get("/")
    cast.second()
    for number in range(5):
        more = Essay.objects.create(slug=f"more-{number}", title="More", status="published")
        more.essaywork_set.create(work=her.works.get())
    with django_assert_num_queries(4):
        client.get("/")
