"""The annotations that overlap at one place of a passage."""

import pytest
from django.test import Client

from annotations import revising
from annotations.models import Gloss, Note
from essays.models import Essay, Passage
from tests import cast, dom, written_notes
from tests.page_urls import CARD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def essay() -> Essay:
    return cast.her()


def note_on(start: int, end: int, key: str = "opening", **options) -> Note:
    note = written_notes.note(
        options.pop("reader", None) or written_notes.guest(), key=key, **options
    )
    revising.reattach(note, Passage.objects.get(essay__slug="her", key=key), start, end)
    return Note.objects.get(pk=note.pk)


def links_in(response) -> list[str]:
    return [link["href"] for link in dom.of(response).one("ul.overlap").all("a")]


def test_a_place_lists_the_notes_that_overlap_it(client):
    first = note_on(0, 10, body="One.", public=True)
    second = note_on(5, 20, body="Two.", public=True)
    note_on(20, 30, body="Beside.", public=True)
    assert links_in(client.get("/her/opening/marks/5-10/")) == [
        first.get_absolute_url(),
        second.get_absolute_url(),
    ]


def test_a_place_is_a_card_for_htmx(client):
    note = note_on(0, 10, body="One.", public=True)
    response = client.get("/her/opening/marks/5-10/", headers=CARD)
    assert links_in(response) == [note.get_absolute_url()]
    assert "1 note on" in dom.of(response).one("[id=card-title]").text


def test_a_place_behind_the_veil_is_veiled(client):
    note = note_on(0, 20, key="a-choice", body="The end.", public=True)
    for headers in ({}, CARD):
        page = dom.of(client.get("/her/a-choice/marks/0-20/", headers=headers))
        assert note.words in page.text_content
        assert note.words not in dom.unveiled(page)


def test_only_their_author_sees_private_notes_there(client):
    guest = written_notes.guest()
    note = note_on(0, 10, body="Mine.", reader=guest)
    own = written_notes.be(Client(), guest)
    assert links_in(own.get("/her/opening/marks/0-10/")) == [note.get_absolute_url()]
    assert note.get_absolute_url() not in client.get("/her/opening/marks/0-10/").content.decode()


def test_overlapping_marks_link_to_their_list(client):
    first = note_on(0, 40, body="One.", public=True)
    note_on(20, 60, body="Two.", public=True)
    places = {a["href"] for a in dom.of(client.get("/her/")).all("a.note")}
    assert first.get_absolute_url() in places
    assert any("/her/opening/marks/" in place for place in places)


def test_a_gloss_says_how_many_notes_share_its_words(client):
    gloss = Gloss.objects.filter(passage__key="opening").exclude(exact="").first()
    note_on(gloss.start, gloss.end, body="One.", public=True)
    guest = written_notes.guest()
    note_on(gloss.end - 1, gloss.end + 5, body="Mine.", reader=guest)
    note_on(gloss.end, gloss.end + 5, body="Beside.", public=True)
    here = f"/her/opening/marks/{gloss.start}-{gloss.end}/"
    for browser, number in ((client, "1 note"), (written_notes.be(Client(), guest), "2 notes")):
        link = dom.of(browser.get(gloss.get_absolute_url(), headers=CARD)).one("p.also-here")
        assert (link.one("a").text, link.one("a")["href"]) == (number, here)


@pytest.mark.parametrize("span", ["5-5", "9-3", "-3-5", "x", "1-", "0-99999999", "0_5"])
def test_an_invalid_place_is_refused(client, span):
    assert client.get(f"/her/opening/marks/{span}/").status_code == 400


def test_a_place_past_the_end_has_no_notes(client):
    response = client.get("/her/opening/marks/90000-90005/")
    assert response.status_code == 200
    assert "Nothing is written on these words." in response.content.decode()


@pytest.mark.parametrize("path", ["/her/nothing/marks/1-5/", "/nothing/opening/marks/1-5/"])
def test_a_missing_passage_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_place_refuses_post(client):
    assert client.post("/her/opening/marks/1-5/").status_code == 405
