"""The former addresses of an essay redirect to the current one."""

import pytest
from django.core.management import call_command
from django.test import Client

from annotations import loading
from annotations.editorial import publish
from essays.models import Essay, FormerAddress
from tests import cast, dom
from tests.desk_pages import essay_form

pytestmark = pytest.mark.django_db
PATHS = [
    *("", "opening/", "6/", "feed/", "themes/growth/", "opening/versions/"),
    *("opening/marks/0-20/", "opening/write/", "colour-0123456789.css", "preview-0123456789.png"),
]


@pytest.fixture
def essay():
    return cast.her()


@pytest.fixture
def elsa(client):
    client.force_login(cast.editor())
    return client


def move(elsa, essay, slug):
    url = f"/admin/essays/essay/{essay.pk}/change/"
    return elsa.post(url, essay_form(elsa, essay, slug=slug))


# It works


@pytest.mark.parametrize("path", PATHS)
def test_every_former_address_redirects_to_the_same_page_of_the_essay(elsa, essay, path):
    assert move(elsa, essay, "elle").status_code == 302
    response = Client().get(f"/her/{path}?page=2&a=%C3%A9")
    assert (response.status_code, response.url) == (301, f"/elle/{path}?page=2&a=%C3%A9")
    assert response.headers["Cache-Control"] == "no-cache"
    assert Client().get(f"/elle/{path}").status_code in (200, 302)


def test_a_post_to_a_former_address_keeps_its_data(elsa, essay):
    move(elsa, essay, "elle")
    response = Client().post("/her/opening/write/", {"body": "Words."})
    assert (response.status_code, response.url) == (308, "/elle/opening/write/")


def test_all_former_addresses_redirect_to_the_last_one(elsa, essay):
    for slug in ("elle", "ella", "sie"):
        move(elsa, essay, slug)
    for slug in ("her", "elle", "ella"):
        assert Client().get(f"/{slug}/opening/").url == "/sie/opening/"


def test_an_essay_can_take_a_former_address_back(elsa, essay):
    move(elsa, essay, "elle")
    move(elsa, essay, "her")
    assert Client().get("/her/").status_code == 200
    assert Client().get("/elle/").url == "/her/"
    assert [former.slug for former in FormerAddress.objects.all()] == ["elle"]


def test_pages_link_to_the_new_address_at_once(elsa, essay):
    before = Client().get("/her/").headers["ETag"]
    move(elsa, essay, "elle")
    page = Client().get("/elle/")
    assert page.headers["ETag"] != before
    assert dom.of(page).one("link[rel=canonical]")["href"].endswith("/elle/")
    assert 'href="/her/' not in page.content.decode()


# Files


def test_loading_finds_the_essay_by_its_former_address(elsa, essay):
    move(elsa, essay, "elle")
    call_command("load_essay", cast.HER)
    call_command("load_essay", cast.HER, absent=True)
    assert [one.slug for one in Essay.objects.all()] == ["elle"]
    assert loading.load(cast.HER).lines == ()


def test_passages_that_files_name_by_the_former_address_are_found(elsa, essay, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "essay.md").write_text("---\ntitle: Other\n---\n\nWords of another essay.\n{#one}\n")
    (folder / "glosses.yaml").write_text(
        "- key: to-her\n  passage: one\n  text: As there.\n  links:\n"
        "    - {passage: her/opening, relation: echo, reason: The same.}\n"
    )
    loading.load(folder)
    move(elsa, essay, "elle")
    assert loading.load(folder).lines == ()
    assert Essay.objects.get(slug="other").glosses.get().links.get().passage.essay == essay


# A stranger


def test_readers_do_not_learn_the_new_address_of_a_draft(elsa, essay):
    move(elsa, essay, "elle")
    publish.unpublish(essay)
    assert Client().get("/her/opening/").status_code == 404
    assert elsa.get("/her/opening/").url == "/elle/opening/"


def test_only_editors_change_the_address(client, essay):
    values = {"slug": "mine", "title": "Mine"}
    for user in (cast.reader(), cast.moderator()):
        client.force_login(user)
        url = f"/admin/essays/essay/{essay.pk}/change/"
        assert client.post(url, values).status_code in (302, 403)
    assert Essay.objects.get().slug == "her"


# Bad input


def test_an_unknown_address_is_not_found(elsa, essay):
    move(elsa, essay, "elle")
    for path in ("/her/nothing/", "/elle/nothing/", "/nothing/", "/works/her-not/"):
        assert Client().get(path, follow=True).status_code == 404


@pytest.mark.parametrize(
    "slug", ["admin", "search", "about", "themes", "", "no space", "salt-ledger"]
)
def test_an_invalid_address_is_refused(elsa, essay, slug):
    cast.second()
    response = move(elsa, essay, slug)
    assert response.status_code == 200
    assert dom.of(response).all("ul.errorlist")
    assert dom.of(response).one("input[name=slug]").attributes.get("value", "") == slug
    assert Essay.objects.get(pk=essay.pk).slug == "her"


def test_the_former_address_of_another_essay_is_refused(elsa, essay):
    other = cast.second()
    move(elsa, other, "weighing")
    response = move(elsa, essay, "salt-ledger")
    assert "was the address of" in response.content.decode()
    assert Client().get("/salt-ledger/").url == "/weighing/"
