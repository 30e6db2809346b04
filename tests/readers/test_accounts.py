"""Accounts: signing up, signing in and out, the profile, the download of everything, deletion."""

import json
import re
from typing import ClassVar

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError, connection
from django.test import Client

from annotations.models import Flag, ModerationAct, Note, Reply
from annotations.notes import claim, leave
from annotations.notes.export import everything_of
from config.mail import mailers
from essays.models import Essay
from readers.models import Reader, User
from tests import cast, dom, html_checker
from tests.cast import PASSWORD
from tests.written_notes import be, guest, is_guest_of, note, reader_of, reply

pytestmark = pytest.mark.django_db

SIGN_UP = {
    "username": "ida",
    "pen_name": "Ida Inks",
    "password1": "a walk along the quay",
    "password2": "a walk along the quay",
}
LOG_IN = {"login": "rosa", "password": PASSWORD}
WRITE = "/her/fresh/write/?exact=I+like"
MAIL_SENT = "/accounts/password/reset/sent/"
PUBLIC = ["login", "signup", "deleted", "inactive"]
OWN = ["profile", "password/change", "delete", "logout"]
MAILING = ["login/code", "password/reset", "password/reset/sent", "password/reset/done"]


@pytest.fixture
def essay():
    return cast.her()


@pytest.fixture
def rosa():
    return cast.reader()


@pytest.fixture
def mails(settings):
    settings.SENDS_MAIL = True


def errors_in(response) -> str:
    return str(response.context["form"].errors)


# Signing up


def test_a_reader_signs_up_with_a_name_and_a_password(client):
    response = client.post("/accounts/signup/", SIGN_UP)
    assert (response.status_code, response["Location"]) == (302, "/notebook/")
    ida = User.objects.get(username="ida")
    assert (ida.pen_name, ida.email, ida.is_staff) == ("Ida Inks", "", False)
    assert client.get("/accounts/profile/").context["user"] == ida


def test_signing_up_without_a_pen_name_is_fine(client):
    client.post("/accounts/signup/", {**SIGN_UP, "pen_name": "  "})
    assert reader_of(User.objects.get(username="ida")).name == "A reader"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("username", "", "required"),
        ("username", "ROSA", "That user name is taken"),
        ("username", "i" * 151, "at most 150"),
        ("username", "i\0da", "Null characters"),
        ("username", "ida ink", "valid username"),
        ("password1", "short", "too short"),
        ("password1", "12345678901", "numeric"),
        ("password2", "a walk along the quai", "same password"),
        ("pen_name", "P" * 41, "at most 40"),
        ("pen_name", "rosa reader", "goes by that name"),
        ("pen_name", "Ｒosa  Reader", "goes by that name"),
        ("pen_name", "Rosa\u200d Reader", "goes by that name"),
        ("pen_name", "A Reader", "goes by that name"),
        ("pen_name", "second viewing", "goes by that name"),
        ("pen_name", "\ufe0f", "cannot be seen"),
        ("pen_name", "Rosa\u202eredaeR", "cannot be seen"),
        ("pen_name", "\u200d", "cannot be seen"),
        ("pen_name", "\u3164", "cannot be seen"),
    ],
)
def test_invalid_input_to_signing_up_is_refused_and_stays_in_the_form(
    client, rosa, field, value, message
):
    response = client.post("/accounts/signup/", {**SIGN_UP, field: value})
    assert response.status_code == 200
    assert message in errors_in(response)
    assert list(User.objects.all()) == [rosa]
    other_field = "username" if field == "pen_name" else "pen_name"
    assert f'value="{SIGN_UP[other_field]}"' in response.content.decode()
    assert SIGN_UP["password1"] not in response.content.decode()


def test_a_signed_in_reader_is_redirected_from_signing_up(client, rosa):
    client.force_login(rosa)
    assert client.get("/accounts/signup/")["Location"] == "/notebook/"


# Signing in and out


def test_a_reader_signs_in_whatever_the_case_of_the_name(client, rosa):
    assert client.post("/accounts/login/", {**LOG_IN, "login": "Rosa"}).status_code == 302
    assert client.session["_auth_user_id"] == str(rosa.pk)


def test_a_wrong_password_is_refused_and_the_name_stays_in_the_form(client, rosa):
    response = client.post("/accounts/login/", {**LOG_IN, "password": "not it"})
    assert "do not go together" in errors_in(response)
    assert 'value="rosa"' in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_unknown_name_is_answered_like_a_wrong_password(client, rosa):
    wrong = errors_in(client.post("/accounts/login/", {**LOG_IN, "password": "not it"}))
    assert wrong == errors_in(client.post("/accounts/login/", {**LOG_IN, "login": "nobody"}))


def test_the_key_of_the_session_changes_on_signing_in(client, rosa):
    session = client.session
    session["kept"] = "yes"
    session.save()
    client.cookies["session"] = before = session.session_key
    client.post("/accounts/login/", LOG_IN)
    assert client.session.session_key != before
    assert client.cookies["session"]["httponly"]


def test_signing_in_leads_to_the_next_address(client, rosa):
    response = client.post("/accounts/login/", {**LOG_IN, "next": WRITE})
    assert response["Location"] == WRITE


def test_the_next_address_is_passed_from_signing_in_to_signing_up(client):
    page = client.get("/accounts/login/", {"next": WRITE})
    response = client.post(page.context["signup_url"], SIGN_UP)
    assert response["Location"] == WRITE


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "javascript:alert(1)",
        "http://localhost/",
        "\0//elsewhere.example",
    ],
)
def test_signing_in_ignores_a_next_address_on_another_site(client, rosa, address):
    response = client.post("/accounts/login/", {**LOG_IN, "next": address})
    assert response["Location"] == "/notebook/"


def test_the_next_address_is_escaped(client):
    page = client.get("/accounts/login/", {"next": '/"><script>alert(1)</script>'})
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("place", ["login", "signup"])
def test_signing_in_says_that_a_draft_is_kept(client, essay, place):
    assert b"Your draft is kept" in client.get(f"/accounts/{place}/", {"next": WRITE}).content
    for other in ("/her/", "", "nonsense", "https://elsewhere.example/her/fresh/write/"):
        answer = client.get(f"/accounts/{place}/", {"next": other})
        assert b"Your draft is kept" not in answer.content


def test_signing_out_asks_first_and_ends_the_session(client, rosa):
    client.force_login(rosa)
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in client.session
    assert client.get("/accounts/profile/")["Location"].startswith("/accounts/login/")


def test_the_pages_of_an_account_redirect_strangers_to_sign_in(client):
    for page in ("profile", "password/change", "delete", "everything"):
        response = client.get(f"/accounts/{page}/")
        assert response["Location"] == f"/accounts/login/?next=/accounts/{page}/"
        assert client.post(f"/accounts/{page}/").status_code in (302, 405)


def test_the_address_accounts_redirects_to_the_profile(client, rosa):
    client.force_login(rosa)
    assert client.get("/accounts/")["Location"] == "/accounts/profile/"


def test_a_form_without_a_csrf_token_is_refused_with_a_message(rosa):
    strict = Client(enforce_csrf_checks=True)
    for page in ("login", "signup", "logout", "profile", "delete", "password/change"):
        strict.force_login(rosa)
        response = strict.post(f"/accounts/{page}/", {})
        assert (response.status_code, b"Nothing was saved" in response.content) == (403, True)


def test_no_cache_may_store_the_pages_of_accounts(client, rosa):
    for page in ("login", "signup"):
        assert "no-store" in client.get(f"/accounts/{page}/")["Cache-Control"]
    client.force_login(rosa)
    for page in ("profile", "everything", "delete"):
        assert "no-store" in client.get(f"/accounts/{page}/")["Cache-Control"]


def test_a_closed_account_cannot_sign_in(client, rosa):
    User.objects.update(is_active=False)
    response = client.post("/accounts/login/", LOG_IN, follow=True)
    assert b"This account is closed" in response.content
    assert "_auth_user_id" not in client.session


# Limits


def test_signing_up_is_limited_by_ip_address(client):
    answers = [client.post("/accounts/signup/", {}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert answers[-1]["Retry-After"] == "60"
    assert b"Wait a minute" in answers[-1].content
    elsewhere = client.post("/accounts/signup/", {}, REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 200


def test_behind_a_proxy_the_forwarded_address_counts(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(20):
        spoofed = f"203.0.113.{number}, 192.0.2.1"
        client.post("/accounts/signup/", {}, headers={"X-Forwarded-For": spoofed})
    limited = client.post("/accounts/signup/", {}, headers={"X-Forwarded-For": "192.0.2.1"})
    other = client.post("/accounts/signup/", {}, headers={"X-Forwarded-For": "192.0.2.2"})
    assert (limited.status_code, other.status_code) == (429, 200)


@pytest.mark.parametrize("header", ["192.0.2.1", "nonsense, 192.0.2.1"])
def test_a_request_that_did_not_pass_all_proxies_is_counted_by_its_peer(client, settings, header):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    for _ in range(20):
        client.post("/accounts/signup/", {}, headers={"X-Forwarded-For": header})
    limited = client.post("/accounts/signup/", {}, headers={"X-Forwarded-For": header})
    address = {"REMOTE_ADDR": "192.0.2.9"}
    other = client.post("/accounts/signup/", {}, headers={"X-Forwarded-For": header}, **address)
    assert (limited.status_code, other.status_code) == (429, 200)


# The editors' desk


def test_the_desk_has_the_same_sign_in_page(client):
    response = client.get("/admin/")
    assert response["Location"] == "/admin/login/?next=/admin/"
    response = client.get("/admin/login/?next=/admin/")
    assert response["Location"] == "/accounts/login/?next=%2Fadmin%2F"


def test_an_editor_signs_in_to_the_desk(client):
    cast.editor()
    response = client.post("/accounts/login/", {**LOG_IN, "login": "elsa", "next": "/admin/"})
    assert response["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_desk_is_not_for_a_reader(client, rosa):
    client.force_login(rosa)
    response = client.get("/admin/", follow=True)
    assert (response.status_code, b"may not come here" in response.content) == (403, True)


# Claiming the notes of a guest


def test_signing_up_claims_the_notes_of_the_guest(client, essay):
    one = guest()
    notes = [note(one, "First"), note(one, "", colour="rose"), note(one, "Second", key="a-story")]
    be(client, one).post("/accounts/signup/", SIGN_UP)
    ida = User.objects.get(username="ida").reader
    assert set(ida.note_set.all()) == set(notes)
    assert not Reader.objects.filter(pk=one.pk).exists()
    assert not is_guest_of(client)


def test_signing_in_claims_notes_beside_those_of_the_account(client, essay, rosa):
    one, account = guest(), reader_of(rosa)
    theirs = [note(one, "By the guest"), note(one, "", colour="blue")]
    own = [note(account, "By Rosa"), note(account, "", colour="blue")]
    be(client, one).post("/accounts/login/", LOG_IN)
    assert sorted(account.note_set.values_list("pk", "token")) == sorted(
        (each.pk, each.token) for each in theirs + own
    )
    assert Note.objects.count() == 4
    assert not is_guest_of(client)


def test_signing_in_again_claims_nothing_twice(client, essay, rosa):
    one = guest()
    note(one, "By the guest")
    be(client, one).post("/accounts/login/", LOG_IN)
    late = be(Client(), one)
    late.post("/accounts/login/", LOG_IN)
    assert late.session["_auth_user_id"] == str(rosa.pk)
    assert Note.objects.count() == 1


def test_a_deleted_note_is_claimed_and_can_still_be_restored(essay, rosa):
    one, account = guest(), reader_of(rosa)
    removed = note(one, "Oh no")
    removed.remove()
    claim.claim(one, account)
    removed.refresh_from_db()
    assert (removed.reader, removed.can_be_restored) == (account, True)


def test_claiming_moves_replies_acts_and_flags_without_duplicates(essay, rosa):
    one, account, other = guest(), reader_of(rosa), reader_of(User.objects.create_user("olaf"))
    shared, second = note(other, "Shared", public=True), note(other, "More", public=True)
    answer = reply(shared, one, "An answer")
    for who in (one, account):
        Flag.objects.create(note=shared, reader=who, reason="spam")
        Flag.objects.create(reply=answer, reader=who, reason="spam")
    Flag.objects.create(note=second, reader=one, reason="other")
    ModerationAct.objects.create(verb="block", reader=one)
    claim.claim(one, account)
    assert list(account.reply_set.all()) == [answer]
    flags = account.flags.order_by("pk").values_list("note", "reply")
    assert sorted(flags, key=str) == sorted(
        [(shared.pk, None), (None, answer.pk), (second.pk, None)], key=str
    )
    assert Flag.objects.count() == 3
    assert ModerationAct.objects.get().reader == account


def test_no_other_model_refers_to_a_reader():
    fields = Reader._meta.get_fields(include_hidden=True)
    naming = {field.related_model for field in fields if field.auto_created and field.one_to_many}
    assert naming == {Note, Reply, Flag, ModerationAct}


def test_claiming_the_notes_of_a_blocked_guest_blocks_the_account(essay, rosa):
    one, account = guest(), reader_of(rosa)
    one.blocked_at = "2026-01-01T00:00Z"
    one.save()
    claim.claim(one, account)
    account.refresh_from_db()
    assert account.is_blocked


def test_a_failed_claim_changes_nothing(essay, rosa):
    one, account = guest(), reader_of(rosa)
    one.blocked_at = "2026-01-01T00:00Z"
    one.save()
    mine = note(one, "Mine")
    Reader.objects.filter(pk=account.pk).delete()
    with pytest.raises(Reader.DoesNotExist):
        claim.claim(one, account)
    mine.refresh_from_db()
    assert mine.reader == one


def test_the_form_tells_guests_that_their_notes_will_be_claimed(client, essay):
    assert b"becomes your account" not in client.get("/accounts/signup/").content
    one = guest()
    assert b"becomes your account" in be(client, one).get("/accounts/signup/").content


def test_after_signing_out_the_browser_is_not_the_former_guest(client, essay, rosa):
    one = guest()
    note(one, "Mine")
    be(client, one).post("/accounts/login/", LOG_IN)
    client.post("/accounts/logout/")
    assert not is_guest_of(client)
    assert "login" in client.get("/accounts/everything/")["Location"]


# The profile


def test_a_change_of_pen_name_bumps_the_counters_of_its_pages(client, essay, rosa):
    note(reader_of(rosa), "For all", public=True)
    before = Essay.objects.get().counter
    client.force_login(rosa)
    response = client.post("/accounts/profile/", {"pen_name": " Rosa\tR. "}, follow=True)
    assert b"Your pen name is kept." in response.content
    rosa.refresh_from_db()
    assert rosa.pen_name == "Rosa R."
    assert Essay.objects.get().counter == before + 1


def test_a_pen_name_with_only_private_notes_bumps_no_counter(client, essay, rosa):
    note(reader_of(rosa), "For me")
    before = Essay.objects.get().counter
    client.force_login(rosa)
    client.post("/accounts/profile/", {"pen_name": "Rosa R."})
    assert Essay.objects.get().counter == before


def test_a_pen_name_may_stay_but_not_be_that_of_another(client, rosa):
    cast.editor()
    client.force_login(rosa)
    assert client.post("/accounts/profile/", {"pen_name": "Rosa Reader"}).status_code == 302
    response = client.post("/accounts/profile/", {"pen_name": "ELSA EDITOR"})
    assert "goes by that name" in errors_in(response)
    rosa.refresh_from_db()
    assert rosa.pen_name == "Rosa Reader"


def test_changing_the_password_needs_the_old_one(client, rosa):
    client.force_login(rosa)
    new = {"password1": "ferry at half past six", "password2": "ferry at half past six"}
    wrong = client.post("/accounts/password/change/", {"oldpassword": "not it", **new})
    assert "not your password" in errors_in(wrong)
    done = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new}, follow=True)
    assert b"Your new password is kept." in done.content
    rosa.refresh_from_db()
    assert rosa.check_password("ferry at half past six")


# The download of everything


def test_the_download_has_everything_that_the_reader_wrote(client, essay, rosa):
    account, other = reader_of(rosa), guest()
    mine = note(account, "A *private* thought")
    shared = note(account, "For all", public=True)
    note(other, "Not hers")
    note(account, "Deleted").remove()
    answer = reply(shared, account, "And more")
    Flag.objects.create(note=shared, reader=account, reason="other", remark="Hm")
    client.force_login(rosa)
    response = client.get("/accounts/everything/")
    assert response["Content-Type"] == "application/json"
    assert re.search(r'attachment; filename="[\w-]+\.json"', response["Content-Disposition"])
    data = json.loads(response.content)
    assert [each["body"] for each in data["notes"]] == [mine.body, shared.body]
    assert data["notes"][0]["passage"] == "fresh"
    assert [each["body"] for each in data["replies"]] == [answer.body]
    assert [each["remark"] for each in data["flags"]] == ["Hm"]
    assert data["reader"]["user_name"] == "rosa"
    assert "Not hers" not in response.content.decode()


def test_a_guest_can_download_everything_too(client, essay):
    one = guest()
    note(one, "A guest's thought")
    data = be(client, one).get("/accounts/everything/").json()
    assert [each["body"] for each in data["notes"]] == ["A guest's thought"]


def test_the_download_may_be_empty(client, rosa):
    client.force_login(rosa)
    data = client.get("/accounts/everything/").json()
    assert (data["notes"], data["replies"], data["flags"]) == ([], [], [])
    assert everything_of(None)["notes"] == []


# Deleting the account


def test_deleting_an_account_needs_the_password_and_signs_out(client, essay, rosa):
    private = note(reader_of(rosa), "For me")
    client.force_login(rosa)
    assert b"deleted for good" in client.get("/accounts/delete/").content
    wrong = client.post("/accounts/delete/", {"password": "not it"})
    assert "not your password" in errors_in(wrong)
    assert Note.objects.filter(pk=private.pk).exists()
    response = client.post("/accounts/delete/", {"password": PASSWORD}, follow=True)
    assert b"Your account is deleted" in response.content
    assert "_auth_user_id" not in client.session
    assert not User.objects.exists() and not Reader.objects.exists() and not Note.objects.exists()


def test_deleting_an_account_needs_a_choice_about_public_notes(client, essay, rosa):
    note(reader_of(rosa), "For all", public=True)
    client.force_login(rosa)
    response = client.post("/accounts/delete/", {"password": PASSWORD})
    assert "Choose one of the two" in errors_in(response)
    assert User.objects.exists()
    client.post("/accounts/delete/", {"password": PASSWORD, "public": "stay"})
    left = Note.objects.get()
    assert (left.body, left.reader.name) == ("For all", "A reader who left")
    assert not User.objects.exists()


def test_private_notes_are_deleted_even_if_public_ones_stay(essay, rosa):
    account = reader_of(rosa)
    note(account, "For me"), note(account, "", colour="green"), note(account, "Gone").remove()
    hidden = note(account, "Rude", public=True, standing="hidden")
    published, waiting = note(account, "A", public=True), note(account, "B", public=True)
    Note.objects.filter(pk=waiting.pk).update(standing="waiting")
    leave.leave(rosa, keep_public=True)
    assert set(Note.objects.all()) == {published, waiting}
    assert hidden not in Note.objects.all()


def test_deleted_public_notes_leave_the_replies_of_others(essay, rosa):
    account, other = reader_of(rosa), reader_of(User.objects.create_user("olaf"))
    answered, alone = note(account, "Answered", public=True), note(account, "Alone", public=True)
    answer = reply(answered, other, "An answer")
    theirs = note(other, "Olaf's", public=True)
    reply(theirs, account, "Rosa's answer")
    Flag.objects.create(note=theirs, reader=account, reason="other", remark="Rosa's remark")
    before = Essay.objects.get().counter
    leave.leave(rosa, keep_public=False)
    answered.refresh_from_db()
    theirs.refresh_from_db()
    assert (answered.body, answered.html, answered.can_be_restored) == ("", "", False)
    assert answered.reader.name == "A reader who left"
    assert list(Reply.objects.all()) == [answer]
    assert theirs.reply_count == 0
    assert not Note.objects.filter(pk=alone.pk).exists()
    assert not Flag.objects.exists()
    assert Essay.objects.get().counter > before


def test_deleting_an_account_leaves_the_notes_of_others(essay, rosa):
    other = guest()
    theirs = note(other, "Mine")
    note(reader_of(rosa), "Hers")
    leave.leave(rosa, keep_public=False)
    assert list(Note.objects.all()) == [theirs]


def test_an_account_without_notes_can_be_deleted(client, rosa):
    client.force_login(rosa)
    client.post("/accounts/delete/", {"password": PASSWORD})
    assert not User.objects.exists()


def test_wrong_passwords_when_deleting_an_account_are_limited(client, rosa, clock):
    client.force_login(rosa)
    for _ in range(5):
        client.post("/accounts/delete/", {"password": "not it"})
    response = client.post("/accounts/delete/", {"password": PASSWORD})
    assert (response.status_code, response["Retry-After"]) == (429, "12")
    assert "Wait 12 seconds" in errors_in(response)
    assert User.objects.exists()


# Mail


def test_without_mail_the_pages_that_need_it_are_not_found(client, rosa):
    for page in [*MAILING, "email", "login/code/confirm"]:
        assert client.get(f"/accounts/{page}/").status_code == 404
        assert client.post(f"/accounts/{page}/", {"email": "a@b.example"}).status_code == 404
    assert "email" not in client.get("/accounts/signup/").context["form"].fields
    assert b"password/reset" not in client.get("/accounts/login/").content
    client.force_login(rosa)
    assert b"/accounts/email/" not in client.get("/accounts/profile/").content


def test_an_e_mail_may_be_given_and_is_confirmed_by_a_link(client, mails):
    client.post("/accounts/signup/", {**SIGN_UP, "email": "Ida@quay.example"})
    assert User.objects.get(username="ida").email == "ida@quay.example"
    [message] = mail.outbox
    assert message.subject == "Second Viewing: Confirm your e-mail"
    link = re.search(r"http://testserver(/accounts/email/\S+/)", message.body)[1]
    assert client.get(link).status_code == 200
    response = client.post(link, follow=True)
    assert b"ida@quay.example is confirmed." in response.content


def test_a_code_by_mail_signs_in_and_claims(client, essay, rosa, mails):
    User.objects.update(email="rosa@quay.example")
    one = guest()
    note(one, "By the guest")
    be(client, one).post("/accounts/login/code/", {"email": "rosa@quay.example", "next": WRITE})
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE)[0]
    wrong = client.post("/accounts/login/code/confirm/", {"code": "WRONG-1"})
    assert "not the code" in errors_in(wrong)
    response = client.post("/accounts/login/code/confirm/", {"code": code, "next": WRITE})
    assert response["Location"] == WRITE
    assert reader_of(rosa).note_set.count() == 1
    assert "Change your e-mail" in dom.flat(client.get("/accounts/profile/").text)


def test_a_new_password_by_mail(client, rosa, mails):
    User.objects.update(email="rosa@quay.example")
    response = client.post("/accounts/password/reset/", {"email": "rosa@quay.example"})
    assert response["Location"] == MAIL_SENT
    assert "Your user name is rosa." in mail.outbox[0].body
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    form_url = client.get(link)["Location"]
    assert client.get(form_url).status_code == 200
    new = {"password1": "ferry at half past six", "password2": "ferry at half past six"}
    done = client.post(form_url, new, follow=True)
    assert b"Your new password is kept" in done.content
    rosa.refresh_from_db()
    assert rosa.check_password("ferry at half past six")
    again = Client().get(link)
    assert b"has been used, or is too old" in again.content


def test_an_unknown_e_mail_is_answered_like_a_known_one(client, mails):
    response = client.post("/accounts/password/reset/", {"email": "nobody@quay.example"})
    assert response["Location"] == MAIL_SENT
    assert "There is none." in mail.outbox[0].body


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("smtp://mail.example", {"host": "mail.example", "port": None, "username": ""}),
        (
            "smtp+tls://me%40mail.example:p%2Fw@mail.example:587",
            {"username": "me@mail.example", "password": "p/w", "port": 587, "use_tls": True},
        ),
        ("smtp+ssl://mail.example:465", {"use_ssl": True}),
        ("file:///var/mail", {"file_path": "/var/mail"}),
    ],
)
def test_the_mail_url_is_parsed(url, options):
    assert options.items() <= mailers(url)["default"]["OPTIONS"].items()
    assert mailers("") == {}


@pytest.mark.parametrize("url", ["mail.example", "imap://x", "smtp://", "smtp://h:port", "file:"])
def test_an_invalid_mail_url_is_refused_with_a_remedy(url):
    with pytest.raises(ImproperlyConfigured, match=r"Give it as in smtp\+tls://"):
        mailers(url)


# The pages


@pytest.mark.one_database
def test_the_pages_of_accounts_are_valid_html(client, essay, rosa, mails):
    User.objects.update(email="rosa@quay.example")
    pages = {page: client.get(f"/accounts/{page}/?next={WRITE}") for page in PUBLIC + MAILING}
    pages["wrong"] = client.post("/accounts/signup/", {"password1": "x"})
    client.post("/accounts/login/code/", {"email": "rosa@quay.example"})
    pages["code"] = client.get("/accounts/login/code/confirm/")
    client.force_login(rosa)
    note(reader_of(rosa), "For all", public=True)
    pages |= {page: client.get(f"/accounts/{page}/") for page in [*OWN, "email"]}
    pages["email asked"] = client.post(
        "/accounts/email/", {"email": "r@b.example", "action_add": ""}, follow=True
    )
    pages["wrong delete"] = client.post("/accounts/delete/", {})
    pages["not for you"] = client.get("/admin/", follow=True)
    assert {name: page.status_code for name, page in pages.items() if page.status_code != 200} == {
        "not for you": 403
    }
    assert all(
        "<title>" in (text := page.content.decode()) and "Second Viewing" in text
        for page in pages.values()
    )
    assert html_checker.check({name: page.content.decode() for name, page in pages.items()}) == []


def test_a_moderator_has_an_account_like_any_other(client):
    mona = User.objects.create_user("mona", password=PASSWORD, is_staff=True)
    mona.groups.add(Group.objects.get(name="Moderators"))
    client.post("/accounts/login/", {**LOG_IN, "login": "mona"})
    assert client.get("/accounts/profile/").status_code == 200


def test_whose_account_cannot_be_deleted_just_now_stays_signed_in(client, rosa):
    client.force_login(rosa)
    client.raise_request_exception = False

    def full(execute, sql, *rest):
        if sql.startswith('DELETE FROM "readers_user"'):
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(full):
        answer = client.post("/accounts/delete/", {"password": PASSWORD})
    assert answer.status_code == 503
    assert User.objects.filter(pk=rosa.pk).exists()
    assert client.get("/accounts/profile/").context["user"] == rosa


class WatchedMail(EmailBackend):
    """Remembers, for each mail, whether a transaction was open while it was sent."""

    inside: ClassVar[list[bool]] = []

    def send_messages(self, messages):
        self.inside.append(connection.in_atomic_block)
        return super().send_messages(messages)


def test_no_transaction_waits_for_the_mail_of_signing_up(shared_database, mails, settings):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.WatchedMail"}}
    WatchedMail.inside.clear()
    for name in ("ida", "ada"):
        # The second one gives the same e-mail, and a mail says so.
        fields = {**SIGN_UP, "username": name, "pen_name": name.title(), "email": "i@example.org"}
        assert Client().post("/accounts/signup/", fields).status_code == 302
    assert WatchedMail.inside and not any(WatchedMail.inside)
