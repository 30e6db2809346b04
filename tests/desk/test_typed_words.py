"""What was typed at the desk outlives an ended session, without JavaScript too."""

import io
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory

from annotations.models import SearchEntry, Theme
from readers.models import User
from readers.typed_words import MAX_BYTES, unsealed
from tests import cast, dom
from tests.desk_forms import ADDITIONS, CHANGES, MINE, World, fields_on

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
THEME = "/admin/annotations/theme/add/"
TYPED = [form for form in [*CHANGES, *ADDITIONS] if form.typed]
APPS = ["essays", "annotations", "readers", "auth.Group", "account", "admin"]


@pytest.fixture
def world():
    return World()


@pytest.fixture
def sue():
    return cast.superuser()


def contents() -> str:
    """All that is stored, but for who signed in when, and who tried."""
    stored = io.StringIO()
    call_command("dumpdata", *APPS, exclude=["readers.LimitCounter"], stdout=stored)
    return re.sub(r'"last_login": [^,]*', "", stored.getvalue())


def end_session(client: Client) -> None:
    del client.cookies["session"]


def sign_in(client: Client, page, name: str = "sue", password: str = cast.PASSWORD):
    """Send the form for signing in that is on a page."""
    fields = fields_on(page.text, "login")
    return client.post(LOGIN, {**fields, "login": name, "password": password})


def press(client: Client, page, label: str = ""):
    """Send the form on a page that has no other fields than hidden ones, by its button."""
    [form] = [
        one
        for one in dom.of(page).one("main").all("form")
        if not one.all("input[type=password]") and label in one.text
    ]
    fields = {one["name"]: one["value"] for one in form.all("input[type=hidden]")}
    return client.post(form["action"], fields)


def send_new_theme(client: Client, **more):
    """Type a theme, and send it once the session has ended."""
    fields = fields_on(client.get(THEME).text, "definition")
    end_session(client)
    return client.post(THEME, {**fields, "name": "Mine", "definition": MINE, **more})


@pytest.fixture
def client(sue):
    client = Client()
    client.force_login(sue)
    return client


# It works, without JavaScript


@pytest.mark.parametrize("form", TYPED, ids=str)
def test_after_an_ended_session_signing_in_leads_back_to_the_words_which_are_not_saved(form):
    world = World()
    client = world.signed_in()
    url, fields = form.fill(client, world)
    before = contents()
    end_session(client)
    asked = client.post(url, fields)
    assert asked.status_code == 403 and "Your draft is kept" in asked.text
    wrong = sign_in(client, asked, password="wrong")
    assert wrong.status_code == 200
    signed_in = sign_in(client, wrong)
    assert "Nothing has been saved yet" in signed_in.text
    shown = press(client, signed_in)
    assert shown.status_code in (200, 422)
    assert "Not saved yet: press Save" in shown.text
    assert contents() == before
    again = fields_on(shown.text, next(iter(form.typed)))
    for name, typed in form.typed.items():
        assert again[name] == typed
    # The gate may ask first, and words that are in no passage are refused.
    assert client.post(url, again).status_code in (200, 302, 422)


def test_words_go_along_through_a_code_by_e_mail(client, sue, settings, mailoutbox):
    settings.SENDS_MAIL = True
    sue.email = "sue@example.org"
    sue.save()
    EmailAddress.objects.create(user=sue, email=sue.email, verified=True, primary=True)
    asked = send_new_theme(client)
    ask_for_code = press(client, asked, "code by e-mail")
    fields = fields_on(ask_for_code.text, "email")
    sent = client.post("/accounts/login/code/", {**fields, "email": sue.email})
    confirm = press(client, sent)
    wrong = client.post(
        "/accounts/login/code/confirm/", {**fields_on(confirm.text, "code"), "code": "nonsense"}
    )
    code = re.search(r"^[A-Z0-9-]{6,}$", mailoutbox[0].body, re.MULTILINE)[0]
    signed_in = client.post(
        "/accounts/login/code/confirm/", {**fields_on(wrong.text, "code"), "code": code}
    )
    shown = press(client, signed_in)
    assert fields_on(shown.text, "definition")["definition"] == MINE
    assert not Theme.objects.filter(name="Mine").exists()


def test_the_pages_beside_signing_in_carry_the_words_too(client, settings):
    settings.SENDS_MAIL = True
    page = send_new_theme(client)
    for label in ("Sign up", "Sign in", "new password", "code by e-mail", "password"):
        page = press(client, page, label)
        if label == "new password":
            fields = fields_on(page.text, "email")
            sent = client.post("/accounts/password/reset/", {**fields, "email": "a@example.org"})
            page = press(client, press(client, sent), "Sign in")
    shown = press(client, sign_in(client, page))
    assert fields_on(shown.text, "definition")["definition"] == MINE


def test_an_old_token_leads_back_to_the_form_with_the_words_in_it(sue):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sue)
    fields = fields_on(client.get(THEME).text, "definition")
    refused = client.post(THEME, {**fields, "definition": MINE, "csrfmiddlewaretoken": "x" * 64})
    assert refused.status_code == 403 and "had grown too old" in refused.text
    form = dom.of(refused).one("main").one("form")
    fields = {one["name"]: one["value"] for one in form.all("input")}
    shown = client.post(form["action"], fields)
    assert fields_on(shown.text, "definition")["definition"] == MINE
    assert "Not saved yet: press Save" in shown.text


# A stranger gets nothing


def test_the_words_are_not_shown_to_somebody_else_who_signs_in(client):
    mona = User.objects.create_superuser("mona", password=cast.PASSWORD)
    asked = send_new_theme(client)
    assert MINE not in asked.text
    signed_in = sign_in(client, asked, "mona")
    assert signed_in.status_code == 200 and "opened by another account" in signed_in.text
    assert MINE not in signed_in.text + client.get(THEME).text
    carried = {"carried": fields_on(asked.text, "login")["carried"]}
    assert MINE not in client.post(THEME, carried).text
    assert client.session["_auth_user_id"] == str(mona.pk)


def test_a_form_of_somebody_else_is_neither_saved_nor_shown(client, sue):
    fields = fields_on(client.get(THEME).text, "definition")
    other = User.objects.create_superuser("mona", password=cast.PASSWORD)
    client.force_login(other)
    response = client.post(THEME, {**fields, "name": "Mine", "definition": MINE})
    assert response.status_code == 403 and MINE not in response.text
    assert not Theme.objects.filter(name="Mine").exists()


def test_a_form_that_another_site_sends_is_refused_plainly(sue):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sue)
    fields = fields_on(client.get(THEME).text, "definition")
    headers = {"Origin": "https://elsewhere.example"}
    response = client.post(THEME, {**fields, "definition": MINE}, headers=headers)
    assert response.status_code == 403
    assert MINE not in response.text and 'name="carried"' not in response.text


def test_a_forged_person_is_asked_to_sign_in_as_before(client, sue):
    response = send_new_theme(client, signed_in_as=f"{sue.pk}:forged")
    assert response.status_code == 302 and "/admin/login/" in response["Location"]


def test_words_that_were_tampered_with_are_not_shown(client):
    response = client.post(THEME, {"carried": "forged"})
    assert response.status_code == 200 and "Not saved yet" not in response.text


# Limits


def test_passwords_and_tokens_are_never_carried(client):
    secret = dict.fromkeys(["password", "new_password1", "token"], "A secret.")
    secret["csrfmiddlewaretoken"] = "a" * 32
    asked = send_new_theme(client, **secret)
    sealed = RequestFactory().post(THEME, {"carried": fields_on(asked.text, "login")["carried"]})
    carried = dict(unsealed(sealed).fields)
    assert (carried["name"], carried["definition"]) == ("Mine", MINE)
    assert {*secret, "signed_in_as"}.isdisjoint(carried)


def test_words_that_are_too_long_to_go_along_are_shown_for_copying(client):
    words = "Long words. " * (MAX_BYTES // 12)
    response = send_new_theme(client, definition=words)
    assert response.status_code == 403
    assert words in [one.text.removeprefix("\n") for one in dom.of(response).all("textarea")]
    assert 'name="carried"' not in response.text


def test_what_was_typed_about_something_deleted_meanwhile_is_shown_for_copying(client):
    theme = Theme.objects.create(name="Waiting", slug="waiting", definition="Not yet.")
    url = f"/admin/annotations/theme/{theme.pk}/change/"
    fields = fields_on(client.get(url).text, "definition")
    theme.delete()
    response = client.post(url, {**fields, "definition": MINE})
    assert response.status_code == 409 and MINE in response.text


def test_a_button_pressed_after_an_ended_session_does_nothing_once_one_has_signed_in(client):
    theme = Theme.objects.create(name="Waiting", slug="waiting", definition="Not yet.")
    url = f"/admin/annotations/theme/{theme.pk}/delete/"
    fields = fields_on(client.get(url).text, "seen")
    end_session(client)
    shown = press(client, sign_in(client, client.post(url, fields)))
    assert shown.status_code == 200 and "Nothing points to it" in shown.text
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_the_page_of_a_failure_shows_what_was_typed(client):
    client.raise_request_exception = False
    fields = fields_on(client.get(THEME).text, "definition")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {SearchEntry._meta.db_table}")
    response = client.post(THEME, {**fields, "name": "Mine", "definition": MINE})
    assert response.status_code == 500 and MINE in response.text
