"""The feed of an essay's public notes."""

from xml.etree import ElementTree

import pytest
from django.utils import timezone

from annotations.models import Audience, Note, Standing
from essays.models import Essay
from tests import cast, written_notes

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def essay() -> Essay:
    return cast.her()


def public_note(body, **options) -> Note:
    now = timezone.now()
    return written_notes.note(written_notes.guest(), body, public=True, published_at=now, **options)


def entries(client) -> list[ElementTree.Element]:
    response = client.get("/her/feed/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def test_the_feed_has_the_public_notes_newest_first(client):
    first, second = public_note("One & *two*."), public_note("<b>Three</b>")
    items = entries(client)
    ids = [entry.find(f"{ATOM}id").text for entry in items]
    assert [one.rsplit("/notes/")[1] for one in ids] == [
        f"{second.public_id}/",
        f"{first.public_id}/",
    ]
    assert items[1].find(f"{ATOM}content").text == first.html
    assert items[0].find(f"{ATOM}title").text == "A guest on passage 3"


def test_a_note_behind_the_veil_has_no_text_in_the_feed(client):
    note = public_note("She leaves.", key="a-choice")
    [entry] = entries(client)
    assert entry.find(f"{ATOM}content") is None
    answer = client.get("/her/feed/").content.decode()
    assert "She leaves." not in answer
    assert note.passage.text[:30] not in answer


@pytest.mark.parametrize(
    "change",
    [
        {"audience": Audience.PRIVATE},
        {"standing": Standing.WAITING},
        {"standing": Standing.HIDDEN},
        {"deleted_at": timezone.now()},
    ],
)
def test_a_note_that_others_may_not_see_is_not_in_the_feed(client, change):
    public_note("Words.")
    Note.objects.update(**change)
    assert entries(client) == []


def test_the_feed_of_a_draft_is_not_found(client):
    Essay.objects.update(status=Essay.Status.DRAFT)
    assert client.get("/her/feed/").status_code == 404


def test_the_feed_refuses_post(client):
    assert client.post("/her/feed/").status_code == 405


def test_the_feed_takes_two_queries_however_many_notes(client, django_assert_max_num_queries):
    for number in range(60):
        public_note(f"Note {number}.")
    with django_assert_max_num_queries(2):
        assert len(entries(client)) == 50
