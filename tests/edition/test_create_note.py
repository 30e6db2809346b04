"""Writing a note: the form, the note, and everything that can go wrong."""

import threading
import uuid
from contextlib import closing

import pytest
from django.test import Client

from annotations import revising
from annotations.anchoring import Span
from annotations.models import Audience, NotAllowed, Note, Standing
from annotations.notes import create
from essays.models import Essay, Passage
from readers.models import Reader
from tests import cast, dom, written_notes
from tests.page_urls import CARD
from tests.served_form import WRITE, first_save, request
from tests.server import serving_prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def essay() -> Essay:
    return cast.her()


def fresh() -> Passage:
    return Passage.objects.select_related("essay").get(essay__slug="her", key="fresh")


def form_data(words="I like to go in Fresh!", **values) -> dict:
    """The data of a form about words of the passage, with `values`."""
    start = fresh().text.index(words)
    place = {"exact": words, "start": start, "end": start + len(words), "version": 1}
    return {**place, "token": str(uuid.uuid4()), "body": "So do *I*.", **values}


def rosa(client: Client) -> Reader:
    user = cast.reader()
    client.force_login(user)
    return written_notes.reader_of(user)


# It works


def test_a_reader_writes_a_note_without_an_account(client):
    response = client.post(WRITE, form_data())
    note = Note.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/notes/{note.public_id}/")
    assert note.words == note.exact == "I like to go in Fresh!"
    assert (note.audience, note.reader.is_guest) == (Audience.PRIVATE, True)
    assert note.html == "<p>So do <em>I</em>.</p>"
    assert written_notes.is_guest_of(client)


def test_htmx_gets_the_run_again_with_a_status_line(client):
    response = client.post(WRITE, form_data(), headers=CARD)
    assert response.status_code == 200
    note = Note.objects.get()
    answer = dom.of(response)
    run = answer.one(f"[id=run-{fresh().key}]")
    assert run.one(f"[id=note-{note.public_id}]").text.strip().startswith("So do I.")
    assert run.one("mark.mine").text in note.words
    status = answer.one("[id=status]")
    assert (status["data-hx-swap-oob"], status.text) == ("innerHTML", "Saved, for you only.")
    assert client.get("/her/").content.decode().count(f'id="run-{fresh().key}"') == 1


def test_the_form_shows_and_sends_the_selected_words(client):
    form = dom.of(client.get(WRITE, form_data())).one("[id=note-form]")
    assert form.one("p.about").text == "On “I like to go in Fresh!”"
    sent = {one["name"]: one.attributes.get("value", "") for one in form.all("input[type=hidden]")}
    assert sent["exact"] == "I like to go in Fresh!"
    client.post(WRITE, {**sent, "body": "Good."})
    assert Note.objects.get().words == "I like to go in Fresh!"


def test_the_form_comes_as_a_fragment_that_names_its_run(client):
    response = client.get(WRITE, form_data(), headers=CARD)
    form = dom.of(response).one("form")
    assert (form["data-hx-post"], form["data-hx-target"]) == (WRITE, "#run-fresh")
    assert "<html" not in response.content.decode()
    assert {"HX-Request", "Cookie"} <= set(response["Vary"].split(", "))


def test_a_highlight_needs_no_words_and_keeps_its_colour(client):
    client.post(WRITE, form_data(body="", highlight="1", colour="rose"))
    note = Note.objects.get()
    assert (note.is_highlight, note.colour) == (True, "rose")
    mark = dom.of(client.get("/her/")).one("section[id=fresh]").one("mark.mine")
    assert mark["data-colour"] == "rose"


def test_without_a_selection_a_sentence_typed_words_or_the_passage_can_be_chosen(client):
    page = dom.of(client.get(WRITE))
    values = [one["value"] for one in page.all("input[name=choice]")]
    assert values[-2:] == ["whole", "words"]
    start, end = map(int, values[0].split("-"))
    body = {"body": "x", "version": 1}
    client.post(WRITE, {**body, "choice": values[0]})
    client.post(WRITE, {**body, "choice": "words", "typed": "i LIKE to go in fresh"})
    client.post(WRITE, {**body, "choice": "whole"})
    sentence, typed, whole = Note.objects.order_by("pk")
    assert sentence.words == fresh().text[start:end]
    assert typed.words == "I like to go in Fresh"
    assert whole.is_whole_passage


def test_crlf_line_ends_do_not_shift_the_anchor(client, essay):
    passage = fresh()
    revising.edit(passage, "One line.\n\nAnother line of it.")
    passage = fresh()
    assert "\n" in passage.text
    values = {"exact": passage.text.replace("\n", "\r\n"), "start": 0, "version": passage.version}
    client.post(WRITE, {**values, "body": "a\r\nb" + "c" * 4997})
    note = Note.objects.get()
    assert note.words == passage.text
    assert len(note.body) == 5000


def test_a_reference_by_number_keeps_pointing_to_its_passage(client, essay):
    second, third = essay.passages.get(number=2), essay.passages.get(number=3)
    client.post(WRITE, form_data(body="See #2."))
    note = Note.objects.get()
    assert note.references == {"2": second.key}
    assert f'href="/her/#{second.key}"' in note.html
    revising.move(third, 2)
    note = Note.objects.get()
    note.edit("See #2 and #3.")
    assert note.references["2"] == second.key
    assert f'<a href="/her/#{second.key}">#2</a>' in note.html


# Audience


def test_a_public_note_waits_for_approval(client):
    rosa(client)
    client.post(WRITE, form_data(audience="public"))
    note = Note.objects.get()
    assert (note.audience, note.standing) == (Audience.PUBLIC, Standing.WAITING)
    assert f"note-{note.public_id}" not in Client().get("/her/").content.decode()


def test_where_public_notes_are_open_others_see_a_note_at_once(client, settings):
    settings.PUBLIC_NOTES = "open"
    rosa(client)
    before = Client().get("/her/").content
    client.post(WRITE, form_data(audience="public"))
    note = Note.objects.get()
    after = Client().get("/her/").content.decode()
    assert (
        f'id="note-{note.public_id}"' in after
        and f'id="note-{note.public_id}"' not in before.decode()
    )


def test_where_public_notes_are_off_every_note_is_private(client, settings):
    settings.PUBLIC_NOTES = "off"
    rosa(client)
    assert not dom.of(client.get(WRITE)).all("input[name=audience]")
    client.post(WRITE, form_data(audience="public"))
    assert Note.objects.get().audience == Audience.PRIVATE


def test_a_public_note_of_a_guest_is_saved_as_private_until_they_sign_in(client):
    response = client.post(WRITE, form_data(audience="public"))
    note = Note.objects.get()
    assert response["Location"] == f"/accounts/login/?next=/notes/{note.public_id}/audience/"
    assert (note.audience, note.body) == (Audience.PRIVATE, "So do *I*.")
    answer = client.post(WRITE, form_data(audience="public"), headers=CARD)
    assert answer["HX-Redirect"].startswith("/accounts/login/?next=/notes/")


def test_a_private_note_does_not_change_the_page_of_others(client, essay):
    counter = Essay.objects.get(pk=essay.pk).counter
    client.post(WRITE, form_data())
    assert Essay.objects.get(pk=essay.pk).counter == counter
    assert "note-" not in Client().get("/her/").content.decode().replace("note-form", "")


# Saving twice


def test_saving_twice_makes_one_note(client):
    values = form_data()
    first, second = client.post(WRITE, values), client.post(WRITE, values)
    assert first["Location"] == second["Location"]
    assert Note.objects.count() == 1


def test_a_guests_first_save_repeated_without_the_cookie_makes_one_note(client):
    values = form_data()
    client.post(WRITE, values)
    again = Client()
    again.post(WRITE, values)
    assert (Note.objects.count(), Reader.objects.count()) == (1, 1)
    assert again.get(f"/notes/{Note.objects.get().public_id}/").status_code == 200


def test_the_token_of_another_reader_gives_no_access_to_their_note(client):
    values = form_data()
    client.post(WRITE, values)
    theirs = Note.objects.get()
    other = Client()
    rosa(other)
    other.post(WRITE, values)
    mine = Note.objects.exclude(pk=theirs.pk).get()
    assert mine.token != theirs.token
    assert other.get(f"/notes/{theirs.public_id}/").status_code == 404


def test_simultaneous_first_saves_make_one_note_and_one_guest(tmp_path, ready_database):
    """On a real server: the database of the tests is one connection, where nobody waits."""
    answers = []
    with serving_prepared(tmp_path, WORKERS="2", **ready_database.variables) as url:
        sent = first_save(url, {"choice": "whole", "body": "Once."})

        def save():
            answers.append(request(url, "POST", *sent))

        threads = [threading.Thread(target=save) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [status for status, _, _ in answers] == [303] * 4
    assert len({headers["Location"] for _, headers, _ in answers}) == 1
    assert len({headers["Set-Cookie"].split(":")[0] for _, headers, _ in answers}) == 1
    with closing(ready_database.connect()) as connection:
        assert connection.execute("SELECT count(*) FROM annotations_note").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM readers_reader").fetchone() == (1,)


def test_a_note_by_a_guest_who_signed_in_meanwhile_is_refused():
    guest = written_notes.guest()
    claimed = Reader.objects.get(pk=guest.pk)
    guest.delete()
    values = {"token": uuid.uuid4(), "body": "Dear words.", "colour": "amber"}
    with pytest.raises(NotAllowed, match="You signed in meanwhile"):
        create.create_note(fresh(), lambda _: Span(0, 5), reader_for=lambda: claimed, **values)
    assert not Note.objects.exists()


# It works without htmx: the passage's page leads to the form


def test_the_form_on_the_passage_page_lists_sentences_and_sets_no_cookie(client):
    page = client.get("/her/fresh/")
    form = next(f for f in dom.of(page).all("form") if f.attributes.get("action") == WRITE)
    choice = form.all("input[name=choice]")[0]["value"]
    assert not page.cookies
    form_page = dom.of(client.get(WRITE, {"choice": choice, "version": 1}))
    assert form_page.one("p.about").text.startswith("On “")


# A stranger, a draft, a wrong method


@pytest.mark.parametrize("path", ["/nothing/fresh/write/", "/her/nothing/write/"])
def test_a_missing_passage_has_no_form(client, path):
    assert client.get(path).status_code == client.post(path, {}).status_code == 404


def test_notes_on_a_draft_are_refused(client, essay):
    Essay.objects.update(status=Essay.Status.DRAFT)
    assert client.post(WRITE, form_data()).status_code == 404
    assert not Note.objects.exists()


def test_a_post_without_its_token_stores_nothing_and_shows_what_was_typed():
    client = Client(enforce_csrf_checks=True)
    response = client.post(WRITE, form_data(body="Dear words."))
    assert response.status_code == 403
    assert "Dear words." in response.content.decode()
    assert not Note.objects.exists()


# Bad input


def test_words_that_changed_meanwhile_are_refused_and_the_draft_is_kept(client):
    values = form_data()
    revising.edit(fresh(), fresh().source.replace("I like to go in Fresh!", "I go in cold."))
    response = client.post(WRITE, values, headers=CARD)
    assert response.status_code == 422
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#note-form", "outerHTML")
    form = dom.of(response).one("form")
    assert "The text has changed since you chose these words." in form.text
    assert form.one("textarea").text.strip() == "So do *I*."
    assert "I go in cold." in form.one("fieldset.choices").text
    assert form.one("[name=token]")["value"] == values["token"]
    assert not Note.objects.exists()


def test_a_passage_cut_meanwhile_is_refused_and_the_draft_is_kept(client):
    values = form_data()
    revising.retire(fresh())
    response = client.post(WRITE, values)
    assert response.status_code == 422
    assert "So do *I*." in response.content.decode()
    assert "taken out of the essay" in response.content.decode()


WRONG = [
    {"exact": "", "start": ""},
    {"exact": "not in the text at all"},
    {"exact": "I", "start": "", "version": ""},
    {"exact": "\0"},
    {"exact": "x" * 20_001},
    {"prefix": "x" * 1_001},
    {"start": "-1"},
    {"start": "9", "end": "3"},
    {"start": "9" * 400},
    {"start": "nine"},
    {"version": "0"},
    {"choice": "5-1"},
    {"choice": "-5-1"},
    {"choice": "0-999999"},
    {"choice": "9999999-9999999"},
    {"choice": "words", "typed": " "},
    {"choice": "words", "typed": "x" * 501},
    {"choice": "words", "typed": "\0"},
    {"colour": "mauve"},
    {"audience": "everybody"},
    {"body": "a\0b"},
    {"body": "x" * 5001},
    {"body": "x" * 3_000_000},
    {"body": "[a" * 2000},
    {"body": "- " * 500},
    {"body": " "},
    {"body": "> "},
    {"body": "[](https://example.org)"},
    {"body": "\u200b\u2060"},
    {"body": "", "highlight": "1", "audience": "public"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: str(wrong)[:40])
def test_invalid_input_is_refused_with_a_message_and_nothing_is_stored(client, wrong):
    if wrong.get("exact") == "" or "choice" in wrong:
        wrong = {**dict.fromkeys(("exact", "start", "end"), ""), **wrong}
    response = client.post(WRITE, form_data(**wrong))
    errors = dom.of(response).all("p.form-error")
    assert response.status_code == 422
    assert errors and all(error.text.strip().endswith(".") for error in errors)
    assert not Note.objects.exists() and not Reader.objects.exists()


def test_an_invisible_note_is_refused(client):
    response = client.post(WRITE, form_data(body="\u200b\u2060"))
    assert "Nothing of this would be seen. Write a few words." in dom.of(response).text


def test_a_malformed_token_does_not_prevent_saving(client):
    assert client.post(WRITE, form_data(token="x\0")).status_code == 303


@pytest.mark.parametrize("path", [WRITE, "/her/", "/notes/1/", "/her/fresh/"])
def test_invalid_utf_8_breaks_no_page(client, path):
    assert client.get(f"{path}?exact=%ff%fe&page=%00&start=-1").status_code in (200, 400, 404)
    sent = b"exact=%ed%a0%80&body=%ff&start=%00"
    kind = "application/x-www-form-urlencoded"
    assert client.post(path, sent, content_type=kind).status_code in (405, 422)


# Rate limits


def test_too_many_notes_in_a_minute_are_refused_and_the_draft_stays(client, settings, clock):
    settings.NOTES_A_MINUTE = 2
    written_notes.be(client, written_notes.guest())
    for _ in range(2):
        assert client.post(WRITE, form_data()).status_code == 303
    response = client.post(WRITE, form_data(body="One too many."))
    assert response.status_code == 429
    assert response["Retry-After"] == "30"
    form = dom.of(response).one("[id=note-form]")
    assert form.one("textarea").text.strip() == "One too many."
    assert "That was a lot in one minute." in form.text
    assert Note.objects.count() == 2
    clock.seconds = 59
    assert client.post(WRITE, form_data()).status_code == 429
    clock.seconds = 60
    assert client.post(WRITE, form_data()).status_code == 303


def test_notes_are_limited_by_ip_address_too(settings, clock):
    settings.NOTES_A_MINUTE_BY_ADDRESS = 3
    answers = [Client().post(WRITE, form_data()).status_code for _ in range(4)]
    assert answers == [303, 303, 303, 429]
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post(WRITE, form_data()).status_code == 303
