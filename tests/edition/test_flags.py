"""Reporting notes and replies to the moderators."""

import pytest
from django.test import Client

from annotations.models import Flag
from tests import cast, dom, written_notes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def essay():
    return cast.her()


@pytest.fixture
def note():
    return written_notes.note(written_notes.guest(), "Words.", public=True)


def test_a_reader_reports_a_note_with_a_reason(client, note):
    assert dom.of(client.get(f"/notes/{note.public_id}/flag/")).all("input[name=reason]")
    sent = {"reason": "spam", "remark": "It sells things."}
    response = client.post(f"/notes/{note.public_id}/flag/", sent)
    assert response["Location"] == f"/notes/{note.public_id}/"
    flag = Flag.objects.get()
    assert (flag.note, flag.reason, flag.remark) == (note, "spam", "It sells things.")
    assert "Reported" in client.get(f"/notes/{note.public_id}/").content.decode()


def test_a_reader_reports_a_reply(client, note):
    reply = written_notes.reply(note, written_notes.guest(), "Spoilt.")
    client.post(f"/replies/{reply.public_id}/flag/", {"reason": "spoiler"})
    assert Flag.objects.get().reply == reply


def test_reporting_twice_changes_nothing(client, note):
    for reason in ("spam", "abuse"):
        assert client.post(f"/notes/{note.public_id}/flag/", {"reason": reason}).status_code == 303
    assert Flag.objects.get().reason == "spam"


def test_a_private_note_cannot_be_reported(client, note):
    private = written_notes.note(written_notes.guest(), "Mine.")
    assert client.get(f"/notes/{private.public_id}/flag/").status_code == 404
    assert client.post(f"/notes/{private.public_id}/flag/", {"reason": "spam"}).status_code == 404


def test_authors_cannot_report_their_own_notes(note):
    author = written_notes.be(Client(), note.reader)
    assert author.post(f"/notes/{note.public_id}/flag/", {"reason": "spam"}).status_code == 404


@pytest.mark.parametrize(
    "sent", [{}, {"reason": "dull"}, {"reason": "spam", "remark": "x" * 501}, {"reason": "\0"}]
)
def test_an_invalid_report_is_refused_with_a_message(client, note, sent):
    response = client.post(f"/notes/{note.public_id}/flag/", sent)
    assert response.status_code == 422
    assert dom.of(response).all("p.form-error")
    assert not Flag.objects.exists()


def test_reports_are_limited_per_minute(client, note, settings):
    settings.NOTES_A_MINUTE_BY_ADDRESS = 0
    response = client.post(f"/notes/{note.public_id}/flag/", {"reason": "spam"})
    assert response.status_code == 429 and int(response["Retry-After"]) > 0
