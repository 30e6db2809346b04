"""The page “Privacy” is made from the code, and says all that the code stores."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session

from config import settings as own_settings
from edition.pages import privacy_page
from essays.models import Site
from readers.models import Reader, User
from tests import cast, dom

pytestmark = pytest.mark.django_db


def text_of(client) -> str:
    return " ".join(dom.of(client.get("/privacy/")).one("article.own-page").text.split())


def test_the_page_exists_from_the_start_and_is_linked(client):
    assert client.get("/privacy/").status_code == 200
    links = [a["href"] for a in dom.of(client.get("/")).one("footer.site-footer").all("a")]
    assert "/privacy/" in links


def test_every_model_that_names_a_person_is_listed():
    """Whoever adds one says on the page what it is for and how long it is kept."""
    people = {User, Reader}
    personal = {
        model._meta.label
        for model in apps.get_models()
        if model in people | {Session}
        or any(field.related_model in people for field in model._meta.concrete_fields)
    }
    listed = [label for record in privacy_page.records() for label in record.models]
    assert sorted(listed) == sorted(personal)


def test_every_cookie_of_the_settings_is_listed():
    names = {getattr(settings, name) for name in dir(own_settings) if name.endswith("_COOKIE_NAME")}
    assert len(names) >= 5
    assert names <= {cookie.name for cookie in privacy_page.cookies()}


def test_every_cookie_that_is_set_is_listed(client):
    essay = cast.her()
    draft = cast.second()
    type(draft).objects.filter(pk=draft.pk).update(status="draft", preview_token="a-token")
    client.get("/salt-ledger/preview/a-token/")
    client.get(f"/{essay.slug}/fresh/write/?choice=whole")
    token = "11111111-1111-4111-8111-111111111111"
    client.post(f"/{essay.slug}/fresh/write/", {"token": token, "choice": "whole", "body": "Mine."})
    set_so_far = set(client.cookies)
    cast.reader()
    client.post("/accounts/login/", {"login": "rosa", "password": cast.PASSWORD})
    client.post("/accounts/logout/")
    names = set_so_far | set(client.cookies)
    assert {"guest", "session", "csrf", "preview", "person"} <= names
    assert names <= {cookie.name for cookie in privacy_page.cookies()}


def test_the_page_has_the_times_of_the_settings(client, settings):
    settings.CSRF_COOKIE_AGE = 3 * 24 * 3600
    page = text_of(client)
    assert "in your name. Kept: 3 days." in page
    assert "10 minutes for undoing that" in page
    assert "keeps you signed in. Kept: 2 weeks, or until you sign out." in page


def test_the_page_says_whether_requests_are_logged_and_mail_is_sent(client, settings):
    settings.SENDS_MAIL = False
    page = text_of(client)
    assert "Requests are not logged." in page and "The site sends no e-mail." in page
    settings.ACCESS_LOG = settings.SENDS_MAIL = True
    page = text_of(client)
    assert "Each request is logged" in page and "E-mails go only to those" in page


def test_editors_add_to_it_under_their_own_title(client):
    Site(privacy_title="What we keep", privacy="The server stands in *Utrecht*.").save()
    page = dom.of(client.get("/privacy/"))
    assert page.one("h1").text == "What we keep"
    assert page.one("article.own-page").one("em").text == "Utrecht"
    assert "Cookies" in page.one("article.own-page").text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (60, "1 minute"),
        (600, "10 minutes"),
        (1209600, "2 weeks"),
        (31536000, "1 year"),
        (90, "90 seconds"),
    ],
)
def test_times_are_told_in_their_largest_unit(seconds, words):
    assert privacy_page.in_words(seconds) == words
