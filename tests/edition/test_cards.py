"""Cards: fragments of pages, at the same URLs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations import revising
from annotations.models import Gloss, GlossLink, Quotation, Theme
from essays.models import Essay, Work
from tests import cast, dom, page_urls

pytestmark = pytest.mark.django_db


@pytest.fixture
def essay():
    return cast.her()


def gloss(key):
    return Gloss.objects.get(key=key)


def card(client, path):
    return dom.of(client.get(path, headers=page_urls.CARD))


def test_the_card_of_a_gloss_has_its_words_its_text_and_its_links(client, essay):
    page = card(client, gloss("going-in-fresh").get_absolute_url())
    assert page.one("h2").text == "I like to go in Fresh!"
    assert (
        page.one("div.card-gloss")
        .one("p.gloss-text")
        .text.strip()
        .startswith("Frank is George’s father")
    )
    quotation, theme = page.all("section.card-section")
    assert quotation.one("p.kind").text == "Source · quotation"
    assert quotation.one("blockquote").text.strip() == "I like to go in Fresh!"
    assert quotation.one("figcaption").text.strip().startswith("Frank Costanza, in Seinfeld")
    assert quotation.one("p.reason").text.startswith("A line from a comedy")
    assert theme.one("p.kind").text == "Echo · theme"
    assert theme.one("h3").text == "Knowing and living"
    assert theme.one("p.description").text.startswith("The distance between understanding")


def test_the_passages_elsewhere_do_not_include_this_one(client, essay):
    page = card(client, gloss("going-in-fresh").get_absolute_url())
    elsewhere = page.all("section.card-section")[1].one("details.elsewhere")
    links = [link["href"] for link in elsewhere.all("li") for link in link.all("a")]
    others = GlossLink.objects.filter(theme__slug="experience").exclude(gloss__key="going-in-fresh")
    assert sorted(links) == sorted(link.gloss.passage.get_place_url() for link in others)


def test_a_link_to_a_passage_shows_the_phrase_that_is_meant(client, essay):
    page = card(client, gloss("by-specification").get_absolute_url())
    lead = page.all("section.card-section")[1]
    assert lead.one("p.kind").text == "Echo · passage 8"
    assert lead.one("p.quoted").text == "a certain baseline of programming"
    assert lead.one("p.quoted").one("a")["href"] == "/her/#baseline"


def test_a_link_to_a_phrase_that_is_gone_shows_how_the_passage_begins(client, essay):
    revising.edit(essay.passages.get(number=8), "Another text altogether.")
    lead = card(client, gloss("by-specification").get_absolute_url()).all("section.card-section")[1]
    assert lead.one("p.quoted").text == "Another text altogether"


def test_a_link_to_a_passage_that_was_cut_leads_to_its_own_page(client, essay):
    passage = essay.passages.get(number=8)
    revising.retire(passage)
    lead = card(client, gloss("by-specification").get_absolute_url()).all("section.card-section")[1]
    assert lead.one("p.kind").text == "Echo · a passage that was cut"
    assert lead.one("p.quoted").one("a")["href"] == passage.get_absolute_url()
    assert client.get(passage.get_absolute_url()).status_code == 200


def test_a_gloss_that_lost_its_passage_still_has_its_page(client, essay):
    lost = gloss("going-in-fresh")
    revising.retire(lost.passage)
    response = client.get(lost.get_absolute_url())
    assert response.status_code == 200
    assert "None" not in dom.of(response).text
    assert "a passage that was cut" in dom.of(response).one("title").text


def test_a_card_lists_the_glosses_covered_by_its_link(client, essay):
    outer = gloss("going-in-fresh")
    inner = Gloss(essay=essay, key="inner", source="Inside.")
    revising.attach(inner, outer.passage, outer.start, outer.end)
    inner.save()
    revising.bump_counters(essay)
    both = [gloss("inner"), outer]
    cards = [card(client, one.get_absolute_url()) for one in both]
    listed = [[a["href"] for ul in page.all("ul.also") for a in ul.all("a")] for page in cards]
    linked = [
        a["href"] for a in dom.of(client.get("/her/")).one("section[id=fresh]").all("a.gloss")
    ]
    assert len(linked) == 1
    covered = {one.get_absolute_url() for one in both} - set(linked)
    assert sorted(map(set, listed), key=len) == [set(), covered]


@pytest.mark.parametrize("path", ["/themes/growth/", "/her/themes/growth/"])
def test_the_card_of_a_theme_holds_its_definition_and_its_passages(client, essay, path):
    page = card(client, path)
    theme = Theme.objects.get(slug="growth")
    assert page.one("h2").text == "Learning to grow"
    assert page.one("p.description").text == theme.definition
    followed = theme.links.order_by("gloss__passage__number", "gloss__start")
    assert [a["href"] for li in page.all("li") for a in li.all("a")] == [
        link.gloss.passage.get_place_url() for link in followed
    ]


def test_only_in_an_essay_the_card_of_a_theme_offers_to_follow_it(client, essay):
    assert not card(client, "/themes/growth/").all("[data-follow]")
    follow = card(client, "/her/themes/growth/").one("[data-follow]")
    assert follow["href"] == "/her/themes/growth/"
    assert (follow["data-follow"], follow["data-in"]) == ("growth", "her")


def test_the_card_of_a_quotation_holds_its_words_its_source_and_its_place(client, essay):
    quotation = Quotation.objects.get(slug="watts-on-the-universe")
    page = card(client, quotation.get_absolute_url())
    assert page.one("h2").text == "Alan Watts"
    assert page.one("blockquote").text.strip() == quotation.text
    assert page.one("figcaption").one("cite").one("a")["href"] == "/works/the-book/"
    assert "passage 14" in page.text


def test_the_card_of_a_work_holds_who_made_it_and_what_is_quoted(client, essay):
    page = card(client, "/works/seinfeld/")
    assert page.one("h2").text == "Seinfeld"
    assert page.one("p.description").text == "1989, created by Larry David and Jerry Seinfeld"
    assert "I like to go in Fresh" in page.text


# One address, two bodies


@pytest.mark.one_database
def test_every_card_is_a_fragment_and_every_page_is_complete(client, essay):
    for path in page_urls.with_cards():
        part = client.get(path, headers=page_urls.CARD)
        assert part.status_code == 200
        root = dom.of(part)
        assert not {"html", "main", "header"} & {element.name for element in root.elements()}, path
        assert len(root.all("[id=card-title]")) == 1, path
        for headers in ({}, page_urls.WHOLE_BY_HTMX, {"HX-Request-Type": "partial"}):
            whole = dom.of(client.get(path, headers=headers))
            assert whole.one("h1").text.strip(), path
            assert whole.one("title").text.strip(), path


def test_going_back_in_history_gets_the_page(client, essay):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert dom.of(client.get("/themes/growth/", headers=headers)).all("html")


@pytest.mark.one_database
def test_the_vary_header_names_both_htmx_headers(client, essay):
    for path in page_urls.with_cards():
        for headers in ({}, page_urls.CARD):
            varies = client.get(path, headers=headers).headers["Vary"]
            assert {"HX-Request", "HX-Request-Type"} <= set(varies.split(", ")), path


@pytest.mark.one_database
def test_no_card_has_a_script_or_an_inline_style(client, essay):
    for path in page_urls.with_cards():
        root = card(client, path)
        assert not root.all("script"), path
        assert not root.all("[style]"), path


@pytest.mark.one_database
def test_every_link_of_every_card_leads_somewhere(client, essay):
    cast.second()
    sources = {}
    for path in page_urls.with_cards():
        for link in card(client, path).all("a"):
            sources[link["href"].partition("#")[0]] = path
    wrong = {
        path: path_of_card
        for path, path_of_card in sources.items()
        if client.get(path).status_code != 200
    }
    assert wrong == {}


# The number of queries


def queries_of(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path, headers=page_urls.CARD).status_code == 200
    return len(captured)


def many_more(essay):
    """Twenty more glosses on every passage, with four links each."""
    targets = [
        {"theme": Theme.objects.get(slug="experience")},
        {"quotation": Quotation.objects.get(slug="costanza-on-going-in")},
        {"work": Work.objects.get(slug="seinfeld")},
        {"passage": essay.passages.get(number=8)},
    ]
    for passage in essay.passages.current():
        for number in range(20):
            one = Gloss(essay=essay, key=f"more-{passage.number}-{number}", source="More.")
            revising.attach(one, passage, number, number + 5)
            one.save()
            for target in targets:
                one.links.create(relation="echo", reason="Again.", **target)
    revising.bump_counters(essay)


def test_a_card_takes_no_more_queries_with_more_glosses(client, essay):
    quotation = Quotation.objects.get(slug="costanza-on-going-in")
    paths = [
        gloss("going-in-fresh").get_absolute_url(),
        quotation.get_absolute_url(),
        "/works/seinfeld/",
        "/themes/experience/",
        "/her/themes/experience/",
    ]
    before = {path: queries_of(client, path) for path in paths}
    many_more(essay)
    assert {path: queries_of(client, path) for path in paths} == before
    assert max(before.values()) <= 8


def test_a_card_takes_no_more_queries_with_more_links(client, essay):
    one = gloss("going-in-fresh")
    before = queries_of(client, one.get_absolute_url())
    for theme in Theme.objects.exclude(links__gloss=one):
        one.links.create(relation="echo", reason="Again.", theme=theme)
    assert queries_of(client, one.get_absolute_url()) == before


# What is not there, and what cannot be done


def test_the_annotations_of_a_draft_have_no_card_and_no_page(client):
    cast.her(draft=True)
    objects = [one for m in (Gloss, Quotation, Theme, Work) for one in m.objects.all()]
    paths = [*(one.get_absolute_url() for one in objects), "/her/themes/growth/"]
    assert len(paths) > 30
    for path in paths:
        for headers in ({}, page_urls.CARD):
            assert client.get(path, headers=headers).status_code == 404, path


def test_a_page_shared_with_a_draft_shows_only_the_published_essay(client, essay):
    draft = cast.second()
    Essay.objects.filter(pk=draft.pk).update(status="draft")
    shared = draft.glosses.first()
    shared.links.create(relation="echo", reason="Shared.", theme=Theme.objects.get(slug="growth"))
    shared.links.create(relation="echo", reason="Shared.", work=Work.objects.get(slug="her"))
    for path in ["/themes/growth/", "/works/her/"]:
        for headers in ({}, page_urls.CARD):
            text = dom.of(client.get(path, headers=headers)).text
            assert "Weighing the Light" not in text
            assert "salt-ledger" not in client.get(path, headers=headers).content.decode()


def test_a_gloss_that_links_to_a_draft_does_not_quote_it(client, essay):
    draft = cast.second()
    Essay.objects.filter(pk=draft.pk).update(status="draft")
    one = gloss("going-in-fresh")
    passage = draft.passages.get(number=2)
    one.links.create(relation="echo", reason="To a draft.", passage=passage)
    for headers in ({}, page_urls.CARD):
        html = client.get(one.get_absolute_url(), headers=headers).content.decode()
        assert passage.text[:30] not in html
        assert "salt-ledger" not in html
    Essay.objects.filter(pk=draft.pk).update(status="published")
    assert "To a draft." in client.get(one.get_absolute_url()).content.decode()


HUGE = "9" * 30
STRANGE = [
    *("/glosses/0/", "/glosses/-1/", "/glosses/x/", "/glosses/1.0/", f"/glosses/{HUGE}/"),
    *("/glosses/١/", f"/glosses/{'9' * 5000}/", "/glosses/", "/quotations/", "/works/"),
    *("/quotations/0/", f"/quotations/{HUGE}/", "/quotations/x/", "/works/nothing/"),
    *(f"/works/{'w' * 3000}/", "/works/her%00/", "/themes/nothing/", "/themes/gr%20owth/"),
    *("/her/themes/nothing/", "/nothing/themes/growth/", "/her/themes/", f"/themes/{HUGE}/"),
]


@pytest.mark.parametrize("path", STRANGE, ids=lambda path: path[:40])
def test_an_unknown_or_malformed_address_is_not_found(client, essay, path):
    for headers in ({}, page_urls.CARD):
        assert client.get(path, headers=headers).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "PATCH"])
def test_a_card_refuses_other_methods(essay, method):
    strict = Client(enforce_csrf_checks=True)
    for path in page_urls.with_cards():
        assert strict.generic(method, path, headers=page_urls.CARD).status_code == 405, path
