"""robots.txt, the sitemap, the favicon and the error pages."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client, RequestFactory, override_settings
from django.views.defaults import server_error

from annotations import revising
from essays.models import Work
from tests import cast, dom

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{SITEMAP}urlset"
    return [element.text for element in root.iter(f"{SITEMAP}loc")]


@pytest.mark.django_db
def test_the_404_page_links_to_essays(client):
    essay = cast.her()
    response = client.get("/nowhere/at/all/")
    reading = dom.of(response)
    assert response.status_code == 404
    assert reading.one("h1").text == "This page is not here"
    assert reading.one("a.wordmark")["href"] == "/"
    ways = {a["href"]: a.text for a in reading.one("ul.also").all("a")}
    assert ways["/her/"] == f"Read {essay.title}"
    assert all(client.get(path).status_code == 200 for path in ways)
    assert reading.one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.django_db
def test_the_404_page_links_to_no_draft(client):
    cast.her(draft=True)
    assert "/her/" not in client.get("/nowhere/").content.decode()


@pytest.mark.django_db
def test_the_404_page_reveals_nothing_about_the_software(client):
    html = client.get("/nowhere/<script>/").content.decode()
    assert "Django" not in html
    assert "nowhere" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "ways"),
    [
        ("/her/opening/?page=x", ["/her/opening/", "/"]),
        ("/her/opening/marks/9-3/", ["/"]),
    ],
)
def test_a_malformed_address_gets_a_400_page_with_links(client, address, ways):
    cast.her()
    response = client.get(address)
    reading = dom.of(response)
    assert response.status_code == 400
    assert reading.one("h1").text == "This address makes no sense here"
    assert [a["href"] for a in reading.one("ul.also").all("a")] == ways
    assert all(client.get(way).status_code == 200 for way in ways)
    assert reading.one("meta[name=robots]")["content"] == "noindex"


def test_the_500_page_needs_no_database():
    response = server_error(RequestFactory().get("/her/"))
    reading = dom.of(response)
    assert response.status_code == 500
    assert reading.one("h1").text == "Something went wrong here"
    assert "/" in [a["href"] for a in reading.all("a")]
    assert not reading.all("script")


@pytest.mark.django_db
def test_robots_txt_lists_excluded_paths_and_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /admin/" in lines
    assert "Disallow: /search/" in lines
    assert "Sitemap: http://localhost:8000/sitemap.xml" in lines


@pytest.mark.django_db
def test_the_sitemap_has_every_essay_passage_theme_and_work_once(client):
    cast.her()
    cast.second()
    places = locations(client)
    assert len(places) == len(set(places))
    expected = {"/", "/her/", "/her/excerpt/", "/her/themes/growth/", "/themes/growth/"}
    expected |= {"/themes/", "/works/her/", "/works/the-book/", "/salt-ledger/the-scale/"}
    assert expected <= {urlsplit(place).path for place in places}


@pytest.mark.django_db
def test_every_address_in_the_sitemap_is_canonical(client):
    cast.her()
    cast.second()
    for place in locations(client):
        response = client.get(urlsplit(place).path)
        assert response.status_code == 200, place
        [canonical] = dom.of(response).all("link[rel=canonical]")
        assert canonical["href"] == place


@pytest.mark.django_db
def test_nothing_of_a_draft_is_in_the_sitemap(client):
    cast.her(draft=True)
    paths = {urlsplit(place).path for place in locations(client)}
    assert paths == {"/", "/themes/"}


@pytest.mark.django_db
def test_cut_passages_and_unused_works_are_not_in_the_sitemap(client):
    essay = cast.her()
    Work.objects.create(slug="unseen", title="Unseen")
    revising.retire(essay.passages.get(number=9))
    paths = {urlsplit(place).path for place in locations(client)}
    assert "/her/experience/" not in paths
    assert "/works/unseen/" not in paths


@pytest.mark.django_db
def test_absolute_addresses_begin_with_the_address_of_the_site(client):
    cast.her()
    with override_settings(SITE_URL="https://essays.example.org"):
        assert all(place.startswith("https://essays.example.org/") for place in locations(client))
        html = client.get("/her/").content.decode()
        assert re.search(r'property="og:image" content="https://essays\.example\.org/', html)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
@pytest.mark.parametrize("method", ["POST", "PUT", "TRACE"])
def test_robots_txt_and_the_sitemap_refuse_other_methods(path, method):
    assert Client(enforce_csrf_checks=True).generic(method, path).status_code == 405
