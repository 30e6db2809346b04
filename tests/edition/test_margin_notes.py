"""Notes in the margin: whose are shown, how many, and with how many queries."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations import revising
from annotations.models import Note
from essays.models import Essay, Passage
from readers.models import Reader
from tests import cast, dom, html_checker, written_notes
from tests.page_urls import CARD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def essay() -> Essay:
    return cast.her()


def many(number: int, reader: Reader, key: str = "opening", **fields) -> list[Note]:
    """Notes on words of a passage, created in bulk."""
    passage = Passage.objects.get(essay__slug="her", key=key)
    version = passage.versions.get(version=passage.version)
    place = {"original": version, "original_start": 0, "original_end": 20, "start": 0, "end": 20}
    notes = [
        Note(
            essay=passage.essay,
            passage=passage,
            exact=passage.text[:20],
            reader=reader,
            token=uuid.uuid4(),
            body=f"Words {n}.",
            html=f"<p>Words {n}.</p>",
            **place,
            **fields,
        )
        for n in range(number)
    ]
    made = Note.objects.bulk_create(notes)
    revising.bump_counters(passage.essay)
    return made


def margin(client: Client, key: str = "opening"):
    return dom.of(client.get("/her/")).one(f"[data-margin={key}]")


PUBLIC = {"audience": "public", "standing": "shown"}


def test_glosses_come_first_then_your_notes_then_three_of_others(client):
    guest = written_notes.guest()
    many(14, written_notes.guest(), **PUBLIC)
    mine = many(2, guest)
    beside = margin(written_notes.be(client, guest))
    parts = [
        name
        for part in beside.elements()
        for name in ("gloss", "mine", "public")
        if name in part.classes and part.classes & {"gloss", "note"}
    ]
    assert parts == ["gloss"] * parts.count("gloss") + ["mine"] * 2 + ["public"] * 3
    assert [f"note-{note.pk}" for note in mine] == [n["id"] for n in beside.all("article.mine")]
    assert beside.one("p.more").one("a")["href"] == "/her/opening/#notes"
    assert beside.one("p.more").text == "11 more wrote here"
    assert "2 yours · 1 reader" in beside.one("summary").text


def test_the_most_answered_are_drawn_and_the_newest_among_equals(client):
    notes = many(6, written_notes.guest(), **PUBLIC)
    for _ in range(2):
        written_notes.reply(notes[1], written_notes.guest(), "x")
    Essay.objects.bump_counters()
    drawn = [one["data-note"] for one in margin(client).all("article.public")]
    assert drawn == [str(notes[at].pk) for at in (1, 5, 4)]


def test_your_own_newest_fifty_are_drawn_and_the_rest_counted(client):
    guest = written_notes.guest()
    notes = many(53, guest)
    beside = margin(written_notes.be(client, guest))
    drawn = {int(one["data-note"]) for one in beside.all("article.mine")}
    assert drawn == {note.pk for note in notes[3:]}
    assert beside.one("p.more").text == "3 more of yours"


def test_marks_tell_your_own_words_from_those_of_others(client):
    guest = written_notes.guest()
    [other] = many(1, written_notes.guest(), **PUBLIC)
    [mine] = many(1, guest, "fresh", colour="blue")
    page = dom.of(written_notes.be(client, guest).get("/her/"))
    own = page.one("section[id=fresh]").one("mark.mine")
    assert own["data-colour"] == "blue"
    assert page.one("section[id=opening]").one("mark.public").text == other.passage.text[:20]
    assert f"n{mine.pk}" in own.parent.attributes.get(
        "data-marks", own.attributes.get("data-marks")
    )


def test_a_long_note_of_another_is_drawn_as_its_beginning(client):
    [note] = many(1, written_notes.guest(), **PUBLIC)
    note.body = "word " * 900
    note.save()
    Essay.objects.bump_counters()
    shown = margin(client).one("article.public")
    assert len(shown.text) < 400
    assert shown.all("a")[0]["href"] == note.get_absolute_url()


@pytest.mark.usefixtures("face_kept")
def test_ten_thousand_notes_cost_as_many_queries_and_hardly_more_bytes(client):
    guest = written_notes.guest()
    own = written_notes.be(Client(), guest)
    pages, queries = [], []
    client.get("/")  # What the site is called is kept from the first page on.
    for number in (0, 10_000):
        many(number, written_notes.guest(), **PUBLIC)
        for browser in (client, own):
            with CaptureQueriesContext(connection) as captured:
                pages.append(len(browser.get("/her/").content))
            queries.append(len(captured))
    assert queries[:2] == queries[2:]
    assert pages[2] < 1.05 * pages[0] and pages[3] < 1.05 * pages[1]


def test_the_passage_page_lists_them_all_by_pages(client):
    guest = written_notes.guest()
    notes = many(25, written_notes.guest(), **PUBLIC)
    [mine] = many(1, guest)
    written_notes.reply(notes[0], written_notes.guest(), "x")
    own = written_notes.be(client, guest)
    first = dom.of(own.get("/her/opening/")).one("[id=notes]").all("article.note")
    assert first[0]["data-note"] == str(mine.pk) and len(first) == 20
    answered = dom.of(own.get("/her/opening/?order=answered")).one("[id=notes]")
    assert answered.all("article.note")[0]["data-note"] == str(notes[0].pk)
    second = dom.of(own.get("/her/opening/?page=2")).one("[id=notes]").all("article.note")
    assert len(second) == 6


def test_the_page_of_nobody_has_no_cookie_and_one_of_somebody_is_kept_by_nobody(client):
    [mine] = many(1, guest := written_notes.guest())
    page = client.get("/her/")
    assert not page.cookies and "Cookie" in page["Vary"]
    assert f"note-{mine.pk}" not in page.content.decode()
    own = written_notes.be(Client(), guest).get("/her/")
    assert own["Cache-Control"] == "private, no-cache" and "Cookie" in own["Vary"]
    assert f"note-{mine.pk}" in own.content.decode()
    lens = "/her/themes/growth/"
    assert f"note-{mine.pk}" in written_notes.be(Client(), guest).get(lens).content.decode()
    assert f"note-{mine.pk}" not in client.get(lens).content.decode()


def test_notes_of_a_blocked_reader_are_drawn_for_them_alone(client):
    blocked = written_notes.guest()
    many(1, blocked, **PUBLIC)
    Reader.objects.update(blocked_at="2026-01-01T00:00Z")
    Essay.objects.bump_counters()
    assert not margin(client).all("article.note")
    assert margin(written_notes.be(Client(), blocked)).all("article.mine")


def test_no_page_and_no_fragment_with_notes_breaks_the_rules_of_html(client):
    guest = written_notes.guest()
    own = written_notes.be(client, guest)
    [mine] = many(1, guest, colour="rose")
    [public] = many(1, written_notes.guest(), **PUBLIC)
    many(1, guest, "fresh", state="orphaned")
    Note.objects.filter(state="orphaned").update(start=None, end=None)
    reply = written_notes.reply(public, guest, "An *answer*.")
    write = "/her/opening/write/"
    paths = [
        *("/her/", "/her/opening/", "/her/fresh/", write, f"{write}?choice=whole"),
        *("/her/a-choice/write/", "/her/opening/marks/0-20/", f"{write}?exact=not+there"),
        *(
            f"/notes/{mine.pk}/{action}"
            for action in ("", "edit/", "delete/", "audience/", "words/")
        ),
        *(f"/notes/{public.pk}/{action}" for action in ("", "flag/")),
        *(f"/replies/{reply.pk}/{action}/" for action in ("edit", "delete")),
    ]
    pages = {path: own.get(path).content.decode() for path in paths}
    for path in paths[3:]:
        pages[f"fragment {path}"] = own.get(path, headers=CARD).content.decode()
    pages["refused"] = own.post(write, {"exact": "gone"}).content.decode()
    mine.remove()
    pages["deleted"] = own.get(mine.get_absolute_url()).content.decode()
    pages["run"] = own.post(f"/notes/{mine.pk}/delete/", headers=CARD).content.decode()
    assert html_checker.check(pages) == []
