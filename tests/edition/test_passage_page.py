import pytest
from django.test import Client

from annotations import revising
from annotations.models import Gloss, Theme
from tests import cast, dom, page_urls

pytestmark = pytest.mark.django_db


@pytest.fixture
def essay():
    return cast.her()


def page_of(client, passage):
    return dom.of(client.get(passage.get_absolute_url()))


def test_a_passage_has_a_page_with_its_words_and_its_whole_margin(client, essay):
    for passage in essay.passages.current():
        reading = page_of(client, passage)
        assert reading.one("[data-text]").text_content == passage.text
        assert reading.one("h1").text == f"Passage {passage.number}"
        glosses = essay.glosses.filter(passage=passage)
        assert [div["id"] for div in reading.all("div.gloss")] == [
            f"gloss-{gloss.pk}" for gloss in glosses
        ]


def test_the_page_links_to_its_neighbours_and_to_the_essay(client, essay):
    reading = page_of(client, essay.passages.get(number=2))
    assert reading.one("a[rel=prev]")["href"] == "/her/opening/"
    assert reading.one("a[rel=next]")["href"] == "/her/fresh/"
    assert "/her/#unseen" in [a["href"] for a in reading.all("a")]
    assert not page_of(client, essay.passages.get(number=1)).all("a[rel=prev]")
    assert not page_of(client, essay.passages.get(number=15)).all("a[rel=next]")


def test_the_page_lists_the_passages_that_link_to_it(client, essay):
    passage = essay.passages.get(key="baseline")
    foot = page_of(client, passage).one("section.leads-here")
    places = [link.gloss.passage.get_place_url() for link in passage.links.all()]
    assert places
    assert sorted(a["href"] for a in foot.all("a")) == sorted(places)


def test_the_canonical_address_is_absolute(client, essay):
    reading = page_of(client, essay.passages.get(number=4))
    assert reading.one("link[rel=canonical]")["href"] == "http://localhost:8000/her/the-present/"
    assert reading.one("title").text.startswith("Passage 4 in “Her” Is Not About the Future")


def test_a_number_redirects_to_the_passage_that_has_it_today(client, essay):
    response = client.get("/her/4/")
    assert (response.status_code, response.url) == (302, "/her/the-present/")
    revising.retire(essay.passages.get(number=2))
    assert client.get("/her/4/").url == "/her/beginnings/"
    assert client.get("/her/15/").status_code == 404
    assert client.get("/her/the-present/").status_code == 200


def test_a_passage_that_was_cut_keeps_its_page_with_its_words(client, essay):
    passage = essay.passages.get(number=2)
    revising.retire(passage)
    reading = page_of(client, passage)
    assert reading.one("[data-text]").text_content == passage.text
    assert reading.one("h1").text == "A passage that is no longer in the essay"
    assert "None" not in reading.text
    assert "None" not in reading.one("aside.margin")["aria-label"]
    assert "/her/" in [a["href"] for a in reading.one("nav.page-foot").all("a")]
    assert not reading.all("a[rel=next]")


def test_a_merged_passage_redirects_to_the_one_it_was_merged_into(client, essay):
    first, second = essay.passages.filter(number__in=[1, 2])
    revising.merge(first, second)
    response = client.get(second.get_absolute_url())
    assert (response.status_code, response.url) == (301, first.get_absolute_url())


def test_htmx_gets_the_same_page(client, essay):
    plain = client.get("/her/opening/")
    for headers in (page_urls.CARD, page_urls.WHOLE_BY_HTMX):
        assert client.get("/her/opening/", headers=headers).content == plain.content


# What is not there, and what cannot be done


def test_a_passage_of_a_draft_is_not_there(client):
    cast.her(draft=True)
    assert client.get("/her/opening/").status_code == 404
    assert client.get("/her/1/").status_code == 404


def test_a_passage_of_another_essay_is_not_there(client, essay):
    cast.second()
    assert client.get("/her/the-scale/").status_code == 404


STRANGE = [
    *("0", "16", "-1", "1.5", "00", "9" * 30, "9" * 5000, "%D9%A1", "1e3", "0x1"),
    *("nothing", "OPENING", "opening%00", "o" * 5000, "opening%0A", "op_ening", "%E2%80%A8"),
]


@pytest.mark.parametrize("name", STRANGE, ids=lambda name: name[:12])
def test_an_unknown_or_malformed_passage_is_not_there(client, essay, name):
    assert client.get(f"/her/{name}/").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE"])
@pytest.mark.parametrize("path", ["/her/opening/", "/her/1/"])
def test_a_passage_refuses_other_methods(essay, method, path):
    assert Client(enforce_csrf_checks=True).generic(method, path).status_code == 405


@pytest.mark.usefixtures("cached_site_identity")
def test_more_glosses_take_no_more_queries(client, essay, django_assert_max_num_queries):
    passage = essay.passages.get(number=3)
    with django_assert_max_num_queries(13) as before:
        client.get("/her/fresh/")
    for number in range(20):
        gloss = Gloss(essay=essay, key=f"more-{number}", source="More.")
        revising.attach(gloss, passage, number, number + 5)
        gloss.save()
        gloss.links.create(relation="echo", reason="Again.", passage=passage)
        gloss.links.create(relation="echo", reason="Again.", theme=Theme.objects.first())
    with django_assert_max_num_queries(13) as after:
        client.get("/her/fresh/")
    assert len(after) == len(before)
