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
    found = re.findall(r'<a class="edit-here" href="([^"]*)">(.*?)</a>', dom.flat(page))
    return {
        re.sub(r"<[^>]*>", "", said): parse_qs(urlsplit(unescape(href)).query)["next"][0]
        for href, said in found
    }


# It works


def test_an_editor_finds_edit_on_every_gloss_and_passage_of_the_reading_page(client, elsa):
    page = client.get("/her/").content.decode()
    found = links(page)
    current = Passage.objects.filter(number__isnull=False)
    assert page.count(">Edit<span") == current.count() + Gloss.objects.placed().count()
    assert found["Edit passage 1"] == found["Gloss on passage 1"] == "/her/#opening"
    assert found[ON_OSCARS] == "/her/#opening"
    assert f"/admin/annotations/gloss/{oscars().pk}/change/?next=%2Fher%2F%23opening" in page


def test_the_pages_of_a_passage_and_of_a_gloss_lead_back_to_themselves(client, elsa):
    found = links(client.get("/her/opening/").content.decode())
    assert set(found.values()) == {"/her/opening/"}
    assert {"Edit passage 1", ON_OSCARS} <= set(found)
    url = f"/glosses/{oscars().pk}/"
    assert links(client.get(url).content.decode()) == {ON_OSCARS: url}


def test_a_card_and_a_margin_drawn_anew_have_the_links_too(client, elsa):
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    card = client.get(f"/glosses/{oscars().pk}/", headers=htmx).content.decode()
    assert links(card) == {ON_OSCARS: "/her/#opening"}
    answer = client.post(
        "/her/opening/write/",
        {"choice": "whole", "body": "Hm.", "audience": "private"},
        headers=htmx,
    )
    assert "Edit passage 1" in links(answer.content.decode())


def test_from_the_page_to_the_form_and_back_with_what_was_done(client, elsa):
    page = client.get("/her/opening/").content.decode()
    [href] = re.findall(rf'href="(/admin/annotations/gloss/{oscars().pk}/[^"]*)"', page)
    sent = form_fields(client.get(unescape(href)).content.decode(), "gloss-form")
    response = client.post(unescape(href), {**sent, "source": "Said *anew*."})
    assert response.url == "/her/opening/"
    back = client.get(response.url).content.decode()
    assert "Said <em>anew</em>." in back
    assert '<p id="status" role="status">Saved: the gloss on “Best Picture' in back
    assert '<p id="status" role="status"></p>' in client.get(response.url).content.decode()


def test_a_passage_that_was_edited_leads_back_too(client, elsa):
    page = client.get("/her/").content.decode()
    [href] = re.findall(r'href="(/admin/essays/passage/\d+/change/[^"]*%23opening)"', page)
    desk = client.get(href).content.decode()
    given = {"version": opening().version, "source": opening().source + " Added.", "kind": "prose"}
    assert client.post(href, given).url == "/her/#opening"
    assert "Added." in client.get("/her/").content.decode()
    assert "next%3D%252Fher" in desk, "a gloss made there keeps the way back"


# Nobody else


def test_readers_and_moderators_find_none(client):
    for one in (cast.reader(), cast.moderator()):
        client.force_login(one)
        for url in pages():
            page = client.get(url).content.decode()
            assert "edit-here" not in page and "editing" not in page, url
            assert "/admin/" not in page


def test_strangers_meet_the_same_page_before_and_after_an_editor_did(client):
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


def test_an_editors_page_is_kept_from_everybody_elses_caches(client, elsa):
    for url in pages():
        response = client.get(url)
        assert "private" in response["Cache-Control"] and "Cookie" in response["Vary"]


def test_an_editor_who_lost_the_right_finds_none(client):
    elsa = cast.editor()
    client.force_login(elsa)
    elsa.groups.clear()
    assert "edit-here" not in client.get("/her/").content.decode()
