"""Notes in the margin: whose, how many, and with how many queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Note
from essays.models import Essay
from readers.models import Reader
from tests import cast, dom, html_checker, written_notes
from tests.page_urls import CARD
from tests.written_notes import PUBLIC, make_notes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def essay() -> Essay:
    return cast.her()


def margin(client: Client, key: str = "opening"):
    return dom.of(client.get("/her/")).one(f"[data-margin={key}]")


def test_glosses_come_first_then_your_notes_then_three_of_others(client):
    guest = written_notes.guest()
    make_notes(14, written_notes.guest(), **PUBLIC)
    mine = make_notes(2, guest)
    aside = margin(written_notes.be(client, guest))
    parts = [
        name
        for part in aside.elements()
        for name in ("gloss", "mine", "public")
        if name in part.classes and part.classes & {"gloss", "note"}
    ]
    assert parts == ["gloss"] * parts.count("gloss") + ["mine"] * 2 + ["public"] * 3
    assert [f"note-{note.public_id}" for note in mine] == [
        n["id"] for n in aside.all("article.mine")
    ]
    assert aside.one("p.more").one("a")["href"] == "/her/opening/#notes"
    assert aside.one("p.more").text == "11 more wrote here"
    assert "2 yours · 1 reader" in aside.one("summary").text


def test_notes_with_most_replies_are_shown_and_among_equals_the_newest(client):
    notes = make_notes(6, written_notes.guest(), **PUBLIC)
    for _ in range(2):
        written_notes.reply(notes[1], written_notes.guest(), "x")
    Essay.objects.bump_counters()
    drawn = [one["data-note"] for one in margin(client).all("article.public")]
    assert drawn == [notes[at].public_id for at in (1, 5, 4)]


def test_your_newest_fifty_notes_are_shown_and_the_rest_counted(client):
    guest = written_notes.guest()
    notes = make_notes(53, guest)
    aside = margin(written_notes.be(client, guest))
    drawn = {one["data-note"] for one in aside.all("article.mine")}
    assert drawn == {note.public_id for note in notes[3:]}
    assert aside.one("p.more").text == "3 more of yours"


def test_your_own_notes_are_marked_differently(client):
    guest = written_notes.guest()
    [other] = make_notes(1, written_notes.guest(), **PUBLIC)
    [mine] = make_notes(1, guest, "fresh", colour="blue")
    page = dom.of(written_notes.be(client, guest).get("/her/"))
    own = page.one("section[id=fresh]").one("mark.mine")
    assert own["data-colour"] == "blue"
    assert page.one("section[id=opening]").one("mark.public").text == other.passage.text[:20]
    assert f"n{mine.public_id}" in own.parent.attributes.get(
        "data-marks", own.attributes.get("data-marks")
    )


def test_of_a_long_note_of_another_only_the_beginning_is_shown(client):
    [note] = make_notes(1, written_notes.guest(), **PUBLIC)
    note.body = "word " * 900
    note.save()
    Essay.objects.bump_counters()
    article = margin(client).one("article.public")
    assert len(article.text) < 400
    assert article.all("a")[0]["href"] == note.get_absolute_url()


@pytest.mark.usefixtures("cached_site_identity")
def test_ten_thousand_notes_take_no_more_queries_and_hardly_more_bytes(client):
    guest = written_notes.guest()
    own = written_notes.be(Client(), guest)
    pages, queries = [], []
    client.get("/")  # From the first page on, the name of the site is in the cache.
    for number in (0, 10_000):
        make_notes(number, written_notes.guest(), **PUBLIC)
        for browser in (client, own):
            with CaptureQueriesContext(connection) as captured:
                pages.append(len(browser.get("/her/").content))
            queries.append(len(captured))
    assert queries[:2] == queries[2:]
    assert pages[2] < 1.05 * pages[0] and pages[3] < 1.05 * pages[1]


def test_the_passage_page_lists_all_notes_in_pages(client):
    guest = written_notes.guest()
    notes = make_notes(25, written_notes.guest(), **PUBLIC)
    [mine] = make_notes(1, guest)
    written_notes.reply(notes[0], written_notes.guest(), "x")
    own = written_notes.be(client, guest)
    first = dom.of(own.get("/her/opening/")).one("[id=notes]").all("article.note")
    assert first[0]["data-note"] == mine.public_id and len(first) == 20
    answered = dom.of(own.get("/her/opening/?order=answered")).one("[id=notes]")
    assert answered.all("article.note")[0]["data-note"] == notes[0].public_id
    second = dom.of(own.get("/her/opening/?page=2")).one("[id=notes]").all("article.note")
    assert len(second) == 6


def test_a_readers_page_is_private_and_that_of_a_stranger_sets_no_cookie(client):
    [mine] = make_notes(1, guest := written_notes.guest())
    page = client.get("/her/")
    assert not page.cookies and "Cookie" in page["Vary"]
    assert f"note-{mine.public_id}" not in page.content.decode()
    own = written_notes.be(Client(), guest).get("/her/")
    assert own["Cache-Control"] == "private, no-cache" and "Cookie" in own["Vary"]
    assert f"note-{mine.public_id}" in own.content.decode()
    lens = "/her/themes/growth/"
    assert f"note-{mine.public_id}" in written_notes.be(Client(), guest).get(lens).content.decode()
    assert f"note-{mine.public_id}" not in client.get(lens).content.decode()


def test_only_a_blocked_reader_sees_their_notes(client):
    blocked = written_notes.guest()
    make_notes(1, blocked, **PUBLIC)
    Reader.objects.update(blocked_at="2026-01-01T00:00Z")
    Essay.objects.bump_counters()
    assert not margin(client).all("article.note")
    assert margin(written_notes.be(Client(), blocked)).all("article.mine")


@pytest.mark.one_database
def test_every_page_and_fragment_with_notes_is_valid_html(client):
    guest = written_notes.guest()
    own = written_notes.be(client, guest)
    [mine] = make_notes(1, guest, colour="rose")
    [public] = make_notes(1, written_notes.guest(), **PUBLIC)
    make_notes(1, guest, "fresh", state="orphaned")
    Note.objects.filter(state="orphaned").update(start=None, end=None)
    reply = written_notes.reply(public, guest, "An *answer*.")
    write = "/her/opening/write/"
    paths = [
        *("/her/", "/her/opening/", "/her/fresh/", write, f"{write}?choice=whole"),
        *("/her/a-choice/write/", "/her/opening/marks/0-20/", f"{write}?exact=not+there"),
        *(
            f"/notes/{mine.public_id}/{action}"
            for action in ("", "edit/", "delete/", "audience/", "words/")
        ),
        *(f"/notes/{public.public_id}/{action}" for action in ("", "flag/")),
        *(f"/replies/{reply.public_id}/{action}/" for action in ("edit", "delete")),
    ]
    pages = {path: own.get(path).content.decode() for path in paths}
    for path in paths[3:]:
        pages[f"fragment {path}"] = own.get(path, headers=CARD).content.decode()
    pages["refused"] = own.post(write, {"exact": "gone"}).content.decode()
    mine.remove()
    pages["deleted"] = own.get(mine.get_absolute_url()).content.decode()
    pages["run"] = own.post(f"/notes/{mine.public_id}/delete/", headers=CARD).content.decode()
    assert html_checker.check(pages) == []
