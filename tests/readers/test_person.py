"""Who uses a browser: an id for drafts, and a cookie that changes when somebody else is here."""

import pytest
from django.test import Client

from readers.models import User
from tests import cast, dom, written_notes

pytestmark = pytest.mark.django_db
PASSWORD = "a walk along the quay"


@pytest.fixture(autouse=True)
def essay():
    return cast.her()


@pytest.fixture
def rosa() -> User:
    return User.objects.create_user("rosa", password=PASSWORD)


def sign_in(client: Client):
    return client.post("/accounts/login/", {"login": "rosa", "password": PASSWORD})


def mark(client: Client) -> str:
    return client.cookies["person"].value


def person(client: Client, path: str = "/her/") -> str | None:
    return dom.of(client.get(path)).one("body").attributes.get("data-person")


def test_nobody_yet_has_no_id_and_no_cookie(client):
    assert person(client) is None
    assert client.cookies == {}


def test_an_account_and_a_guest_have_ids_that_stay(client, rosa):
    guest = written_notes.guest()
    written_notes.be(client, guest)
    of_guest = person(client)
    assert of_guest.startswith("g")
    assert person(client, "/notebook/") == of_guest
    sign_in(client)
    of_account = person(client)
    assert of_account.startswith("a")
    other = Client()
    sign_in(other)
    assert person(other) == of_account


def test_an_account_that_claimed_a_guest_knows_the_guest(client, rosa):
    written_notes.be(client, written_notes.guest())
    of_guest = person(client)
    sign_in(client)
    assert dom.of(client.get("/her/")).one("body")["data-claimed"] == of_guest


def test_the_cookie_stays_while_the_same_person_is_here(client, rosa):
    sign_in(client)
    first = mark(client)
    assert first
    response = client.get("/notebook/")
    assert "person" not in response.cookies
    assert "Clear-Site-Data" not in response


def test_a_guest_keeps_the_cookie_when_their_own_is_renewed(client):
    written_notes.be(client, written_notes.guest())
    client.get("/her/")
    first = mark(client)
    token = dom.of(client.get("/her/fresh/write/?choice=whole")).one("input[name=token]")["value"]
    fields = {"choice": "whole", "version": "1", "body": "One more.", "token": token}
    response = client.post("/her/fresh/write/", fields)
    assert "guest" in response.cookies
    assert mark(client) == first


def test_signing_in_and_out_change_the_cookie_and_ask_the_browser_to_forget(client, rosa):
    written_notes.be(client, written_notes.guest())
    client.get("/her/")
    of_guest = mark(client)
    assert sign_in(client)["Clear-Site-Data"] == '"cache"'
    of_session = mark(client)
    assert of_session not in ("", of_guest)
    assert client.post("/accounts/logout/")["Clear-Site-Data"] == '"cache"'
    assert mark(client) == ""


def test_a_first_sign_in_clears_nothing(client, rosa):
    assert "Clear-Site-Data" not in sign_in(client)
    assert mark(client)
