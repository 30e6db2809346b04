"""Wrong passwords slow down whoever tries them, and keep nobody else out; e-mails stay unknown."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client, RequestFactory

from edition.requests import password_limits
from readers.models import User
from tests import cast, dom

pytestmark = pytest.mark.django_db

LOG_IN = {"login": "rosa", "password": cast.PASSWORD}
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.9"}
SIGN_UP = {"username": "ida", "password1": "along the quay", "password2": "along the quay"}


@pytest.fixture
def rosa():
    return cast.reader()


def try_wrong(client: Client, times: int, login="rosa", **address):
    for _ in range(times):
        last = client.post("/accounts/login/", {"login": login, "password": "not it"}, **address)
    return last


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_after_five_wrong_passwords_one_waits_a_little(client, rosa, clock):
    assert try_wrong(client, 5).status_code == 200
    response = client.post("/accounts/login/", LOG_IN)
    assert (response.status_code, response["Retry-After"]) == (429, "12")
    assert "Wait 12 seconds, then try again" in response.text
    assert 'value="rosa"' in response.text
    clock.seconds += 12
    client.post("/accounts/login/", LOG_IN)
    assert is_signed_in(client)


def test_the_wait_grows_with_the_number_of_tries(clock):
    request, waits = RequestFactory().post("/accounts/login/"), []
    for _ in range(300):
        wait = password_limits.count_try(request, "rosa")
        waits.append(wait)
        clock.seconds += wait
    longest = [max(waits[:number]) for number in (5, 10, 50, 300)]
    assert longest == [0, 12, 180, 1440]


def test_wrong_passwords_elsewhere_lock_nobody_out(client, rosa, clock):
    assert try_wrong(Client(), 6, **ELSEWHERE).status_code == 429
    client.post("/accounts/login/", LOG_IN)
    assert is_signed_in(client)


def test_other_names_can_be_tried_from_the_same_address(client, rosa, clock):
    User.objects.create_user("olaf", password=cast.PASSWORD)
    try_wrong(client, 6)
    client.post("/accounts/login/", {**LOG_IN, "login": "olaf"})
    assert is_signed_in(client)


def test_a_browser_that_signed_in_before_is_let_through_at_an_address_that_waits(rosa, clock):
    known = Client()
    known.post("/accounts/login/", LOG_IN)
    known.post("/accounts/logout/")
    assert try_wrong(Client(), 6, login="ROSA").status_code == 429
    known.post("/accounts/login/", LOG_IN)
    assert is_signed_in(known)


def test_a_known_browser_is_slowed_down_too_and_known_for_its_own_name_only(rosa, clock):
    User.objects.create_user("olaf", password=cast.PASSWORD)
    known = Client()
    known.post("/accounts/login/", LOG_IN)
    known.post("/accounts/logout/")
    assert try_wrong(known, 6).status_code == 429
    try_wrong(Client(), 6, login="olaf")
    assert try_wrong(known, 1, login="olaf").status_code == 429


def test_a_cookie_that_the_site_did_not_sign_makes_no_browser_known(client, rosa, clock):
    signed_in = Client()
    signed_in.post("/accounts/login/", LOG_IN)
    value = signed_in.cookies["known"].value
    assert signed_in.cookies["known"]["httponly"]
    try_wrong(client, 5)
    client.cookies["known"] = value[:-1] + ("a" if value[-1] != "a" else "b")
    assert try_wrong(client, 1).status_code == 429


def test_an_unknown_name_is_slowed_down_like_a_known_one(client, rosa, clock):
    assert try_wrong(client, 6, login="nobody").status_code == 429


# E-mails


@pytest.fixture
def owner(settings, rosa):
    """Rosa, who has confirmed her e-mail, on a site that sends mail."""
    settings.SENDS_MAIL = True
    User.objects.filter(pk=rosa.pk).update(email="rosa@quay.example")
    EmailAddress.objects.create(user=rosa, email="rosa@quay.example", verified=True, primary=True)
    return rosa


def text_of(response) -> str:
    return dom.of(response).one("main").text


def sign_up(name: str, email: str):
    client = Client()
    response = client.post("/accounts/signup/", {**SIGN_UP, "username": name, "email": email})
    return client, response


def test_signing_up_answers_the_same_whether_or_not_an_e_mail_has_an_account(owner):
    answers = {}
    for name, email in (("ida", "rosa@quay.example"), ("ada", "ada@quay.example")):
        client, response = sign_up(name, email)
        profile = text_of(client.get("/accounts/email/")).replace(email, "…")
        answers[email] = (response.status_code, response["Location"], profile)
    assert answers["rosa@quay.example"] == answers["ada@quay.example"]
    told, other = mail.outbox
    assert told.to == ["rosa@quay.example"] and "it stays yours" in told.body
    assert "/accounts/email/" not in told.body
    assert other.to == ["ada@quay.example"] and "Confirm it here" in other.body


def test_changing_the_e_mail_answers_the_same_too(client, owner):
    olaf = User.objects.create_user("olaf", password=cast.PASSWORD)
    client.force_login(olaf)
    pages = []
    for email in ("rosa@quay.example", "olaf@quay.example"):
        response = client.post("/accounts/email/", {"email": email, "action_add": ""}, follow=True)
        pages.append((response.status_code, text_of(response).replace(email, "…")))
    assert pages[0] == pages[1]
    assert ["it stays yours" in message.body for message in mail.outbox] == [True, False]
    assert EmailAddress.objects.get(verified=True).user == owner


def test_an_unconfirmed_e_mail_does_not_block_its_owner(settings):
    settings.SENDS_MAIL = True
    sign_up("mallory", "ida@quay.example")
    mail.outbox.clear()
    with pytest.MonkeyPatch.context() as patch:
        # allauth mails one address every three minutes only.
        patch.setattr(settings, "ACCOUNT_RATE_LIMITS", False)
        client, response = sign_up("ida", "ida@quay.example")
    assert response["Location"] == "/notebook/"
    link = re.search(r"http://testserver(/accounts/email/\S+/)", mail.outbox[0].body)[1]
    client.post(link)
    assert EmailAddress.objects.get(verified=True).user.username == "ida"
