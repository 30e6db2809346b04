"""Replies to notes."""

import uuid

import pytest
from django.test import Client

from annotations.models import Audience, Note, Reply, Standing
from readers.models import Reader, User
from tests import cast, dom, written_notes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def essay():
    return cast.her()


@pytest.fixture
def rosa(client) -> Reader:
    user = cast.reader()
    client.force_login(user)
    return written_notes.reader_of(user)


@pytest.fixture
def note() -> Note:
    """A note that anyone can see, by somebody with an account."""
    ines = User.objects.create_user("ines", pen_name="Ines")
    return written_notes.note(written_notes.reader_of(ines), "Is she happy?", public=True)


def form_data(body="She cannot say.", **values) -> dict:
    return {"body": body, "token": str(uuid.uuid4()), **values}


# It works


def test_a_reply_waits_for_approval(client, rosa, note):
    response = client.post(f"/notes/{note.public_id}/replies/", form_data())
    reply = Reply.objects.get()
    assert response.status_code == 303
    assert response["Location"] == (
        f"/notes/{note.public_id}/replies/{reply.public_id}/#reply-{reply.public_id}"
    )
    own = dom.of(client.get(response["Location"])).one(f"[id=reply-{reply.public_id}]")
    assert "anyone, once it is approved" in own.text
    assert "She cannot say." not in Client().get(f"/notes/{note.public_id}/").content.decode()


def test_where_public_notes_are_open_a_reply_is_visible_at_once(client, rosa, note, settings):
    settings.PUBLIC_NOTES = "open"
    client.post(f"/notes/{note.public_id}/replies/", form_data())
    assert "She cannot say." in Client().get(f"/notes/{note.public_id}/").content.decode()
    item = dom.of(Client().get("/her/")).one(f"[id=note-{note.public_id}]")
    assert "1 reply" in item.text


def test_the_author_edits_deletes_and_restores_a_reply(client, rosa, note):
    reply = written_notes.reply(note, rosa, "First words.")
    form = dom.of(client.get(f"/replies/{reply.public_id}/edit/")).one("[id=note-form]")
    edit = {"body": "Second words.", "seen": form.one("[name=seen]")["value"]}
    assert client.post(f"/replies/{reply.public_id}/edit/", edit).status_code == 303
    reply.refresh_from_db()
    assert (reply.html, reply.standing) == ("<p>Second words.</p>", Standing.WAITING)
    assert (
        "Delete this reply?" in client.get(f"/replies/{reply.public_id}/delete/").content.decode()
    )
    client.post(f"/replies/{reply.public_id}/delete/")
    page = dom.of(client.get(f"/notes/{note.public_id}/")).one(f"[id=reply-{reply.public_id}]")
    assert "Second words." not in page.text
    assert client.post(page.one("form")["action"]).status_code == 303
    assert "Second words." in client.get(f"/notes/{note.public_id}/").content.decode()


def test_a_note_counts_the_replies_that_anyone_can_see(rosa, note):
    reply = written_notes.reply(note, rosa, "One.")
    assert Note.objects.get(pk=note.pk).reply_count == 1
    reply.remove()
    assert Note.objects.get(pk=note.pk).reply_count == 0
    reply.restore()
    assert Note.objects.get(pk=note.pk).reply_count == 1


def test_a_reply_sent_twice_is_saved_once(client, rosa, note):
    values = form_data()
    places = {
        client.post(f"/notes/{note.public_id}/replies/", values)["Location"] for _ in range(2)
    }
    assert len(places) == 1 and Reply.objects.count() == 1


def test_the_address_of_a_reply_leads_to_the_page_that_has_it(client, rosa, note):
    replies = [Reply(note=note, reader=rosa, body="x", standing="shown") for _ in range(60)]
    last = Reply.objects.bulk_create(replies)[-1]
    page = dom.of(Client().get(last.get_absolute_url()))
    assert page.one(f"[id=reply-{last.public_id}]")
    assert len(page.all("article.reply")) == 10


# A stranger


def test_a_guest_must_sign_in_to_reply_and_keeps_the_draft(note):
    guest = written_notes.be(Client(), written_notes.guest())
    page = guest.get(f"/notes/{note.public_id}/").content.decode()
    assert f"/accounts/login/?next=/notes/{note.public_id}/" in page and "<textarea" not in page
    response = guest.post(f"/notes/{note.public_id}/replies/", form_data("Dear words."))
    assert response.status_code == 422
    form = dom.of(response).one("[id=note-form]")
    assert "Sign in first" in form.text
    assert form.one("textarea").text.strip() == "Dear words."
    assert not Reply.objects.exists()


@pytest.mark.parametrize("action", ["edit", "delete", "restore"])
def test_nobody_changes_the_reply_of_another(rosa, note, action):
    reply = written_notes.reply(note, rosa, "Rosa’s.")
    stranger = written_notes.be(Client(), written_notes.guest())
    for method in (stranger.get, stranger.post):
        assert method(f"/replies/{reply.public_id}/{action}/").status_code in (404, 405)
    reply.refresh_from_db()
    assert (reply.body, reply.deleted_at) == ("Rosa’s.", None)


def test_a_private_note_cannot_be_answered_even_by_its_author(client, rosa):
    note = written_notes.note(rosa, "Mine.")
    assert "<textarea" not in client.get(f"/notes/{note.public_id}/").content.decode()
    response = client.post(f"/notes/{note.public_id}/replies/", form_data())
    assert response.status_code == 422
    assert not Reply.objects.exists()


def test_a_note_removed_or_withdrawn_meanwhile_takes_no_reply(client, rosa, note):
    written_notes.reply(note, rosa, "Before.")
    note.remove()
    response = client.post(f"/notes/{note.public_id}/replies/", form_data("Dear words."))
    assert response.status_code == 422
    assert "Dear words." in response.content.decode()
    Note.objects.update(audience=Audience.PRIVATE, deleted_at=None)
    assert client.post(f"/notes/{note.public_id}/replies/", form_data()).status_code == 404


# Bad input


@pytest.mark.parametrize("body", ["", " ", "x" * 5001, "a\0b", "- " * 500])
def test_an_invalid_reply_is_refused_with_a_message(client, rosa, note, body):
    response = client.post(f"/notes/{note.public_id}/replies/", form_data(body))
    assert response.status_code == 422
    form = dom.of(response).one("[id=note-form]")
    assert form.all("p.form-error")
    assert not Reply.objects.exists()


def test_replies_are_limited_per_minute(client, rosa, note, settings, clock):
    settings.NOTES_A_MINUTE = 1
    client.post(f"/notes/{note.public_id}/replies/", form_data())
    response = client.post(f"/notes/{note.public_id}/replies/", form_data("Dear words."))
    assert response.status_code == 429 and int(response["Retry-After"]) > 0
    assert "Dear words." in response.content.decode()
    assert Reply.objects.count() == 1


@pytest.mark.parametrize("reply", ["x", "-1", "9" * 30, "\0"])
def test_an_unknown_reply_number_shows_the_first_page(client, note, reply):
    assert client.get(f"/notes/{note.public_id}/", {"reply": reply}).status_code == 200
