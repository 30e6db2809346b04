"""Editors, and nobody else, see links to the desk on the readers' pages."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from annotations.models import Gloss
from essays.models import Passage
from tests import cast, dom
from tests.desk_pages import form_fields

pytestmark = pytest.mark.django_db

ON_OSCARS = "Edit gloss on “Best Picture at the Oscars this…”"


@pytest.fixture(autouse=True)
def essay():
    return cast.her()


@pytest.fixture
def elsa(client: Client):
    client.force_login(cast.editor())


def opening() -> Passage:
    return Passage.objects.get(key="opening")


def oscars() -> Gloss:
    return Gloss.objects.get(key="oscars")


def pages() -> list[str]:
    return ["/her/", "/her/opening/", f"/glosses/{oscars().pk}/", "/her/themes/programming/"]


def links(page: str) -> dict[str, str]:
    """A page's links to the desk: their text, and where the desk returns to."""
    matches = re.findall(r'<a class="edit-here" href="([^"]*)">(.*?)</a>', dom.flat(page))
    return {
        re.sub(r"<[^>]*>", "", label): parse_qs(urlsplit(unescape(href)).query)["next"][0]
        for href, label in matches
    }


# It works


def test_an_editor_sees_edit_links_on_every_gloss_and_passage(client, elsa):
    page = client.get("/her/").content.decode()
    targets = links(page)
    current = Passage.objects.filter(number__isnull=False)
    assert page.count(">Edit<span") == current.count() + Gloss.objects.placed().count()
    assert targets["Edit passage 1"] == targets["Gloss on passage 1"] == "/her/#opening"
    assert targets[ON_OSCARS] == "/her/#opening"
    assert f"/admin/annotations/gloss/{oscars().pk}/change/?next=%2Fher%2F%23opening" in page


def test_edit_links_on_a_passage_or_gloss_page_return_to_that_page(client, elsa):
    targets = links(client.get("/her/opening/").content.decode())
    assert set(targets.values()) == {"/her/opening/"}
    assert {"Edit passage 1", ON_OSCARS} <= set(targets)
    url = f"/glosses/{oscars().pk}/"
    assert links(client.get(url).content.decode()) == {ON_OSCARS: url}


def test_cards_and_updated_margins_have_edit_links_too(client, elsa):
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    card = client.get(f"/glosses/{oscars().pk}/", headers=htmx).content.decode()
    assert links(card) == {ON_OSCARS: "/her/#opening"}
    answer = client.post(
        "/her/opening/write/",
        {"choice": "whole", "body": "Hm.", "audience": "private"},
        headers=htmx,
    )
    assert "Edit passage 1" in links(answer.content.decode())


def test_saving_a_gloss_returns_to_the_page_with_a_message(client, elsa):
    page = client.get("/her/opening/").content.decode()
    [href] = re.findall(rf'href="(/admin/annotations/gloss/{oscars().pk}/[^"]*)"', page)
    sent = form_fields(client.get(unescape(href)).content.decode(), "gloss-form")
    response = client.post(unescape(href), {**sent, "source": "Said *anew*."})
    assert response.url == "/her/opening/"
    page_after = client.get(response.url).content.decode()
    assert "Said <em>anew</em>." in page_after
    assert '<p id="status" role="status">Saved: the gloss on “Best Picture' in page_after
    assert '<p id="status" role="status"></p>' in client.get(response.url).content.decode()


def test_saving_a_passage_returns_to_the_page(client, elsa):
    page = client.get("/her/").content.decode()
    [href] = re.findall(r'href="(/admin/essays/passage/\d+/change/[^"]*%23opening)"', page)
    desk = client.get(href).content.decode()
    given = {"version": opening().version, "source": opening().source + " Added.", "kind": "prose"}
    assert client.post(href, given).url == "/her/#opening"
    assert "Added." in client.get("/her/").content.decode()
    assert "next%3D%252Fher" in desk, "a gloss made there keeps the way back"


# Nobody else


def test_readers_and_moderators_see_no_edit_links(client):
    for one in (cast.reader(), cast.moderator()):
        client.force_login(one)
        for url in pages():
            page = client.get(url).content.decode()
            assert "edit-here" not in page and "editing" not in page, url
            assert "/admin/" not in page


def test_a_visit_by_an_editor_does_not_change_the_cached_page(client):
    stranger = Client()
    before = [stranger.get(url) for url in pages()]
    client.force_login(cast.editor())
    for url in pages():
        assert "edit-here" in client.get(url).content.decode()
    after = [Client().get(url) for url in pages()]
    for one, other in zip(before, after, strict=True):
        assert one.content == other.content
        assert b"edit-here" not in one.content and b"/admin/" not in one.content
        assert "Cookie" in one["Vary"]


def test_an_editors_page_is_private(client, elsa):
    for url in pages():
        response = client.get(url)
        assert "private" in response["Cache-Control"] and "Cookie" in response["Vary"]


def test_an_editor_without_permissions_sees_no_edit_links(client):
    elsa = cast.editor()
    client.force_login(elsa)
    elsa.groups.clear()
    assert "edit-here" not in client.get("/her/").content.decode()
