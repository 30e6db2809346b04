"""Guests: readers without an account, recognised by a signed cookie."""

import time
import uuid
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory

from annotations.models import Note
from readers import guests
from readers.guests import ReaderMiddleware
from readers.models import Reader
from tests import cast
from tests.written_notes import be, guest, note, reader_of

pytestmark = pytest.mark.django_db

PAGES = ["/", "/her/", "/her/fresh/", "/themes/", "/search/?q=choice", "/nowhere/"]


def request_with(cookies=None, user=None, do=lambda request: None):
    """A request that went through the middleware to a view that calls `do`, and the response."""
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    request.COOKIES.update({name: morsel.value for name, morsel in (cookies or {}).items()})

    def view(request):
        do(request)
        return HttpResponse()

    return request, ReaderMiddleware(view)(request)


def write(cookies=None, user=None):
    return request_with(cookies, user, guests.writing_reader)


def test_the_first_note_makes_a_guest_with_a_cookie_for_a_year():
    request, response = write()
    assert request.reader.is_guest
    cookie = response.cookies[settings.GUEST_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["path"] == "/"
    assert not cookie["secure"]
    again, _ = request_with(response.cookies)
    assert again.reader == request.reader


def test_on_a_public_site_the_cookie_is_only_sent_over_https(settings):
    settings.SESSION_COOKIE_SECURE = True
    _, response = write()
    assert response.cookies[settings.GUEST_COOKIE_NAME]["secure"]


def test_writing_renews_the_guests_cookie():
    request, first = write()
    again, second = write(first.cookies)
    assert again.reader == request.reader
    assert second.cookies[settings.GUEST_COOKIE_NAME]["max-age"] == 365 * 24 * 3600
    assert Reader.objects.count() == 1


def test_reading_makes_no_reader_and_sets_no_cookie(client):
    cast.her()
    for path in PAGES:
        assert not client.get(path).cookies, path
    assert not Reader.objects.exists()


def test_reading_does_not_renew_the_guests_cookie():
    _, first = write()
    _, second = request_with(first.cookies, do=lambda request: bool(request.reader))
    assert not second.cookies


@pytest.mark.parametrize("end", [-1, -10])
def test_a_forged_cookie_is_ignored(end):
    _, response = write()
    value = response.cookies[settings.GUEST_COOKIE_NAME].value
    other = "A" if value[end] != "A" else "B"
    bad = value[:end] + other + value[end:][1:]
    request, _ = request_with(SimpleCookie({settings.GUEST_COOKIE_NAME: bad}))
    assert not request.reader


def test_an_unsigned_cookie_is_ignored():
    cookies = SimpleCookie({settings.GUEST_COOKIE_NAME: str(guest().guest_key)})
    request, _ = request_with(cookies)
    assert not request.reader


@pytest.mark.parametrize("value", ["", ":", "::", "\0", "x" * 5000, "é:é:é"])
def test_a_malformed_cookie_is_ignored(value):
    request, _ = request_with(SimpleCookie({settings.GUEST_COOKIE_NAME: value}))
    assert not request.reader


def test_the_cookie_of_a_deleted_guest_is_ignored_and_writing_makes_another():
    _, response = write()
    Reader.objects.all().delete()
    request, _ = request_with(response.cookies)
    assert not request.reader
    request, _ = write(response.cookies)
    assert request.reader.is_guest


def test_a_signature_with_another_salt_is_ignored():
    response = HttpResponse()
    key = str(guest().guest_key)
    response.set_signed_cookie(settings.GUEST_COOKIE_NAME, key, salt="something else")
    request, _ = request_with(response.cookies)
    assert not request.reader


def test_a_cookie_expires_after_a_year(monkeypatch):
    _, response = write()
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + guests.YEAR - 60)
    assert request_with(response.cookies)[0].reader
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + guests.YEAR + 60)
    assert not request_with(response.cookies)[0].reader


def test_a_signed_in_reader_is_the_account_despite_a_guests_cookie():
    _, response = write()
    rosa = cast.reader()
    request, _ = request_with(response.cookies, user=rosa)
    assert not request.reader
    request, answer = write(response.cookies, user=rosa)
    assert request.reader == reader_of(rosa)
    assert not answer.cookies


def test_guests_do_not_see_each_others_notes():
    cast.her()
    mine = note(guest(), "My own words")
    assert mine not in Note.objects.visible_to(guest())
    assert mine not in Note.objects.visible_to(None)
    assert mine in Note.objects.visible_to(mine.reader)


def test_a_blocked_guest_still_writes_for_themselves():
    one = guest()
    Reader.objects.filter(pk=one.pk).update(blocked_at="2026-01-01T00:00Z")
    client = be(Client(), one)
    request, _ = write(client.cookies)
    assert request.reader == one
    assert request.reader.is_blocked


def test_notes_of_a_blocked_reader_are_hidden_only_from_others():
    cast.her()
    rosa = reader_of(cast.reader())
    shared, private = note(rosa, "For all", public=True), note(rosa, "For me")
    assert shared in Note.objects.visible_to(None)
    Reader.objects.filter(pk=rosa.pk).update(blocked_at="2026-01-01T00:00Z")
    assert shared not in Note.objects.visible_to(None)
    assert shared not in Note.objects.visible_to(guest())
    assert {shared, private} <= set(Note.objects.visible_to(rosa))


def test_others_see_a_pen_name_and_never_a_user_name():
    rosa = cast.reader()
    assert reader_of(rosa).name == "Rosa Reader"
    rosa.pen_name = ""
    assert Reader(user=rosa).name == "A reader"
    assert guest().name == "A guest"
    assert Reader(guest_key=None).name == "A reader who left"
    assert "rosa" not in {Reader(user=rosa).name, str(Reader(user=rosa))}


def test_guests_have_different_keys():
    assert guest().guest_key != guest().guest_key
    assert isinstance(guest().guest_key, uuid.UUID)
