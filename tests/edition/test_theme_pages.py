import pytest
from django.test import Client

from annotations import revising
from annotations.models import Theme
from essays.models import Essay
from tests import cast, dom

pytestmark = pytest.mark.django_db
LENS = "/her/themes/growth/"


@pytest.fixture
def essay():
    return cast.her()


def numbers_of(essay, slug):
    links = Theme.objects.get(slug=slug).links.filter(gloss__essay=essay)
    return sorted({link.gloss.passage.number for link in links})


def test_the_list_names_every_theme_with_its_definition(client, essay):
    reading = dom.of(client.get("/themes/"))
    names = [dt.text for dt in reading.all("dt") if dt.all("a")]
    themes = Theme.objects.order_by("name")
    assert names == [theme.name for theme in themes]
    assert len(names) == 8
    for theme in themes:
        assert theme.definition in reading.text


def test_an_empty_list_explains_where_themes_come_from(client):
    assert "once an essay follows one" in client.get("/themes/").content.decode()


def test_the_page_of_a_theme_lists_passages_across_essays(client, essay):
    other = cast.second()
    gloss = other.glosses.first()
    gloss.links.create(
        relation="echo", reason="Here too.", theme=Theme.objects.get(slug="growth"), position=9
    )
    reading = dom.of(client.get("/themes/growth/"))
    groups = reading.all("section.thread-group")
    assert sorted(group.one("h2").text for group in groups) == sorted([essay.title, other.title])
    assert reading.one("h1").text == "Learning to grow"
    links = {a["href"] for group in groups for a in group.all("a")}
    assert {"/her/", LENS, "/salt-ledger/", "/salt-ledger/themes/growth/"} <= links


def test_the_places_of_a_theme_come_in_reading_order_and_lead_into_the_essay(client, essay):
    places = [li.one("b").text for li in dom.of(client.get("/themes/growth/")).all("li")]
    numbers = [int(text.removeprefix("Passage ")) for text in places]
    assert numbers == sorted(numbers)
    assert sorted(set(numbers)) == numbers_of(essay, "growth")


def test_following_a_theme_highlights_its_passages_and_shows_the_others(client, essay):
    reading = dom.of(client.get(LENS))
    sections = reading.all("section.passage")
    numbers = [place for place, section in enumerate(sections, start=1) if "lit" in section.classes]
    assert numbers == numbers_of(essay, "growth")
    assert len(sections) == 15
    assert reading.one("article.essay")["data-lens"] == "growth"
    assert reading.one("h1").text == "Learning to grow"
    assert f"{len(numbers)} of 15 passages" in reading.one("header.title-field").text


def test_the_page_of_a_theme_in_an_essay_has_a_title_and_an_address_of_its_own(client, essay):
    reading = dom.of(client.get(LENS))
    assert reading.one("title").text.startswith("Learning to grow in “Her” Is Not About")
    assert reading.one("link[rel=canonical]")["href"] == f"http://localhost:8000{LENS}"
    theme = Theme.objects.get(slug="growth")
    assert reading.one("meta[name=description]")["content"] == theme.definition


def test_the_links_in_the_head_of_a_followed_theme_lead_to_passages_of_the_page(client, essay):
    reading = dom.of(client.get(LENS))
    ids = {section["id"] for section in reading.all("section.passage")}
    facts = reading.one("header.title-field").all("p.facts")[0]
    links = [a["href"].removeprefix("#") for a in facts.all("a")]
    assert len(links) == len(numbers_of(essay, "growth"))
    assert set(links) <= ids


def test_the_text_of_the_essay_is_the_same_for_every_followed_theme(client, essay):
    plain = [one.text for one in dom.of(client.get("/her/")).all("[data-text]")]
    for theme in Theme.objects.all():
        lens = dom.of(client.get(f"/her/themes/{theme.slug}/"))
        assert [one.text for one in lens.all("[data-text]")] == plain


# What is not there


def test_a_theme_that_this_essay_does_not_follow_is_not_there(client, essay):
    cast.second()
    assert client.get("/themes/accounts/").status_code == 200
    assert client.get("/her/themes/accounts/").status_code == 404


def test_a_theme_whose_last_words_were_cut_is_not_there(client, essay):
    for passage in essay.passages.filter(number__in=numbers_of(essay, "fear-of-pain")):
        essay.refresh_from_db()
        revising.retire(essay.passages.get(pk=passage.pk))
    assert client.get("/her/themes/fear-of-pain/").status_code == 404
    assert client.get("/themes/fear-of-pain/").status_code == 404
    assert "fear-of-pain" not in client.get("/themes/").content.decode()
    assert "fear-of-pain" not in client.get("/her/").content.decode()


def test_the_themes_of_a_draft_are_not_there(client):
    cast.her(draft=True)
    assert "growth" not in client.get("/themes/").content.decode()
    assert client.get("/themes/growth/").status_code == 404
    assert client.get(LENS).status_code == 404
    Essay.objects.update(status="published")
    assert client.get(LENS).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE"])
@pytest.mark.parametrize("path", ["/themes/", "/themes/growth/", LENS])
def test_theme_pages_refuse_other_methods(essay, method, path):
    assert Client(enforce_csrf_checks=True).generic(method, path).status_code == 405


@pytest.mark.usefixtures("cached_site_identity")
def test_theme_pages_take_no_more_queries_with_more_links(client, essay, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/themes/growth/")
    cast.second()
    for gloss in [*essay.glosses.all(), *Essay.objects.get(slug="salt-ledger").glosses.all()]:
        gloss.links.create(
            relation="echo", reason="Again.", theme=Theme.objects.get(slug="growth"), position=9
        )
    with django_assert_num_queries(2):
        client.get("/themes/growth/")
    with django_assert_num_queries(1):
        client.get("/themes/")
