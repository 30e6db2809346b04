"""Every kind of page and every card is valid HTML."""

import pytest
from django.test import RequestFactory
from django.views.defaults import server_error

from annotations import revising
from essays.models import Passage
from tests import cast, html_checker, page_urls

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PATHS = [
    *("/themes/nothing/", "/search/?q=", "/search/?q=zzzz", f"/search/?q={'x' * 300}"),
    *("/search/?q=%22the+present%22", "/search/?q=the&page=99", "/her/opening/?page=x"),
    *("/her/a-story/versions/", "/her/a-story/marks/0-99/", "/her/a-story/write/"),
]


def test_every_page_and_card_is_valid_html(client):
    cast.her()
    other = cast.second()
    revising.retire(other.passages.get(number=2))
    cards = page_urls.with_cards()
    paths = [*page_urls.pages_only(), *cards, *PATHS]
    pages = {path: client.get(path).content.decode() for path in paths}
    for path in cards:
        pages[f"the card of {path}"] = client.get(path, headers=page_urls.CARD).content.decode()
    pages["a mistake"] = server_error(RequestFactory().get("/her/")).content.decode()
    assert Passage.objects.retired().exists()
    assert len(pages) > 100
    assert html_checker.check(pages) == []


def test_the_pages_of_a_site_without_essays_are_valid_html(client):
    paths = ["/", "/themes/", "/search/"]
    assert html_checker.check({path: client.get(path).content.decode() for path in paths}) == []


def test_the_checker_reports_invalid_html():
    page = "<!doctype html><html lang='en'><head><title>x</title></head><body>{}</body></html>"
    wrong = html_checker.check({"wrong": page.format("<p><div>x</div></p>"), "card": "<li>x</li>"})
    assert {line.split(",")[0] for line in wrong} == {"wrong", "card"}
