"""The site's own pages and its name, edited at the desk."""

import pytest
from django.db import connection
from django.test import Client, override_settings

from edition.pages.reading_page import EssayAssets
from essays import site_identity
from essays.models import Site
from readers import pen_names
from tests import cast, dom
from tests.all_caches import clear_caches

pytestmark = pytest.mark.django_db
CHANGE = "/admin/essays/site/1/change/"
TITLES = {"about_title": "About", "imprint_title": "Imprint", "privacy_title": "Privacy"}
EMPTY = {"name": "", "about": "", "imprint": "", "privacy": "", **TITLES}


@pytest.fixture
def elsa(client):
    client.force_login(cast.editor())
    return client


def stamp(elsa: Client) -> str:
    """What the form says that it showed."""
    [seen, *_] = dom.of(elsa.get(CHANGE)).all("input[name=seen]")
    return seen["value"]


@pytest.fixture
def save(elsa, django_capture_on_commit_callbacks):
    """Save the form of the site with only these values."""

    def post(**values):
        with django_capture_on_commit_callbacks(execute=True):
            return elsa.post(CHANGE, {**EMPTY, "seen": stamp(elsa), **values})

    return post


def foot(page):
    return [a.text for a in dom.of(page).one("footer.site-footer").all("a")]


# It works


def test_a_page_with_a_text_exists_and_is_linked_from_every_page(save):
    cast.her()
    reader = Client()
    assert reader.get("/about/").status_code == 404
    assert "About us" not in foot(reader.get("/her/"))
    save(about_title="About us", about="# Who\n\nWe *watch* films.")
    page = dom.of(reader.get("/about/"))
    assert page.one("h1").text == "About us"
    assert page.one("article.own-page").one("h2").text == "Who"
    assert page.one("article.own-page").one("em").text == "watch"
    for path in ["/about/", "/her/", "/", "/nowhere/"]:
        assert "About us" in foot(reader.get(path))
        assert "Imprint" not in foot(reader.get(path))
    save()
    assert reader.get("/about/").status_code == 404
    assert "About us" not in foot(reader.get("/her/"))


def test_the_name_is_used_wherever_the_site_is_named(save):
    essay = cast.her()
    before, picture = Client().get("/her/").headers["ETag"], EssayAssets(essay).preview_digest
    save(name="The Long Take")
    reading = Client().get("/her/")
    assert reading.headers["ETag"] != before
    page = dom.of(reading)
    assert page.one("a.wordmark").text == "The Long Take"
    assert page.one("title").text.endswith("· The Long Take")
    assert page.one("meta[property=og:site_name]")["content"] == "The Long Take"
    assert '"name": "The Long Take"' in page.one("script[type=application/ld+json]").text
    assert EssayAssets(essay).preview_digest != picture
    with pytest.raises(pen_names.ValidationError):
        pen_names.clean("the long take")


def test_without_a_name_of_its_own_the_site_has_that_of_the_settings(client):
    assert dom.of(client.get("/")).one("a.wordmark").text == "Second Viewing"
    with override_settings(SITE_NAME="Third Viewing"):
        assert dom.of(client.get("/")).one("a.wordmark").text == "Third Viewing"


def test_mail_is_named_after_the_site(save, mailoutbox, settings):
    save(name="The Long Take")
    from edition.account_adapter import AccountAdapter

    assert AccountAdapter().format_email_subject("Hello") == "The Long Take: Hello"


def test_the_name_takes_one_query_and_then_none(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        site_identity.site_identity()
    with django_assert_num_queries(0):
        site_identity.site_identity()


def test_a_request_that_read_the_old_name_does_not_overwrite_the_new_one(save):
    save(name="Before")
    clear_caches()
    waiting = ["After"]

    def save_after_reading(execute, sql, *rest):
        rows = execute(sql, *rest)
        if 'FROM "essays_site"' in sql and waiting:
            save(name=waiting.pop())
        return rows

    with connection.execute_wrapper(save_after_reading):
        site_identity.site_identity()
    assert not waiting and site_identity.site_identity().name == "After"


def test_the_history_says_who_changed_the_name(save):
    save(name="One")
    save(name="Two")
    assert [(past.name, past.history_user.username) for past in Site.history.all()] == [
        ("Two", "elsa"),
        ("One", "elsa"),
    ]


def test_the_list_of_sites_leads_to_the_one(elsa):
    response = elsa.get("/admin/essays/site/")
    assert (response.status_code, response.url) == (302, CHANGE)
    assert elsa.get(CHANGE).status_code == 200


# A stranger, a wrong method


def test_only_editors_change_the_site(client):
    for user in (None, cast.reader(), cast.moderator()):
        if user:
            client.force_login(user)
        assert client.post(CHANGE, {**EMPTY, "name": "Mine"}).status_code in (302, 403)
    assert not Site.objects.exists()


@pytest.mark.parametrize("page", site_identity.PAGES)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_the_pages_refuse_other_methods(page, method):
    assert Client(enforce_csrf_checks=True).generic(method, f"/{page}/").status_code == 405


def test_there_is_no_second_site(elsa):
    assert elsa.get("/admin/essays/site/add/").status_code == 403
    assert elsa.get("/admin/essays/site/2/change/").status_code == 302
    assert elsa.post("/admin/essays/site/1/delete/").status_code == 403


# Bad input


def test_invalid_text_is_refused_and_stays_in_the_form(save):
    response = save(about="![](/x.png)", name="Kept")
    assert response.status_code == 200
    assert "Say what the picture shows" in response.content.decode()
    form = dom.of(response)
    assert form.one("textarea[name=about]").text.strip() == "![](/x.png)"
    assert form.one("input[name=name]")["value"] == "Kept"
    assert not Site.objects.exists()


def test_unsafe_markup_is_removed(save):
    save(about='<script>x</script> [a](javascript:x) <p onclick="x" style="x">b</p>')
    article = dom.of(Client().get("/about/")).one("article.own-page")
    assert not article.all("script")
    assert not article.all("a")
    assert not any({"onclick", "style"} & set(one.attributes) for one in article.elements())
