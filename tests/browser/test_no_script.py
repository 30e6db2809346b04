"""Without JavaScript the essay can be read, and every phrase links to its page and back."""

import pytest
from playwright.sync_api import expect

from annotations.models import Gloss
from tests.browser.reading_page import ESSAY, FRESH, OSCARS, kinds_of_page, phrase, veil

READ_ONLY = True


def test_links_lead_from_the_essay_to_glosses_themes_quotations_works_and_back(no_js):
    no_js.goto("/")
    no_js.get_by_role("link", name="“Her” Is Not About the Future").click()
    veil(no_js).get_by_text("Read anyway").click()
    expect(no_js.locator(".passage .text")).to_have_count(15)
    for text in no_js.locator(".passage .text").all():
        expect(text).to_be_visible()

    phrase(no_js, "isolated “egos” inside bags of skin").click()
    no_js.wait_for_url("**/glosses/*/")
    expect(no_js.locator("h1")).to_have_text("An editor’s gloss")
    no_js.get_by_text("Read anyway").click()
    expect(no_js.get_by_text("Software has no skin to be shut up in.")).to_be_visible()

    no_js.get_by_role("link", name="The separate self").first.click()
    no_js.wait_for_url("**/her/themes/separate-self/")
    expect(no_js.locator("h1")).to_have_text("The separate self")
    no_js.get_by_role("link", name="The whole essay").click()
    no_js.wait_for_url(f"**{ESSAY}")

    veil(no_js).get_by_text("Read anyway").click()
    no_js.locator("#excerpt figcaption a").click()
    no_js.wait_for_url("**/quotations/*/")
    no_js.get_by_text("Read anyway").first.click()
    expect(no_js.locator("blockquote")).to_contain_text("as leaves from a tree")

    no_js.locator("figcaption a").click()
    no_js.wait_for_url("**/works/the-book/")
    expect(no_js.locator("h1")).to_contain_text("The Book")
    for _ in range(2):
        no_js.go_back()
    expect(no_js.locator(".title-field h1")).to_be_visible()


def test_a_gloss_leads_back_to_its_passage(no_js):
    no_js.goto(ESSAY)
    phrase(no_js, OSCARS).click()
    expect(no_js.get_by_text("86th Academy Awards")).to_be_visible()
    no_js.get_by_role("link", name="Back to passage 1").click()
    no_js.wait_for_url(f"**{ESSAY}#opening")
    expect(no_js.locator("#opening")).to_be_in_viewport()


def test_margins_do_not_overlap(no_js):
    no_js.goto(ESSAY)
    veil(no_js).get_by_text("Read anyway").click()
    expect(no_js.get_by_text("86th Academy Awards")).to_be_visible()
    boxes = [one.bounding_box() for one in no_js.locator(".margin details").all()]
    assert len(boxes) == 15
    for upper, lower in zip(boxes, boxes[1:], strict=False):
        assert upper["y"] + upper["height"] <= lower["y"]


def test_the_theme_score_leads_to_passages_and_themes(no_js):
    no_js.goto(ESSAY)
    no_js.locator(".score td a[href='#fresh']").first.click()
    expect(no_js.locator("#fresh")).to_be_in_viewport()
    no_js.locator(".score th a", has_text="Choice").click()
    no_js.wait_for_url("**/her/themes/choice/")


def test_controls_that_need_a_script_are_hidden(no_js):
    no_js.goto(ESSAY)
    for name in ("Appearance", "Keys"):
        expect(no_js.get_by_role("button", name=name).first).to_be_hidden()
    expect(no_js.get_by_role("button", name="Contents")).to_be_visible()


def test_the_contents_go_to_a_passage(no_js):
    no_js.goto(ESSAY)
    no_js.get_by_role("button", name="Contents").first.click()
    no_js.locator("#contents").get_by_role("link", name="In the words of").click()
    expect(no_js.locator("#fresh")).to_be_in_viewport()


def test_searching_finds_a_passage_and_goes_there(no_js):
    no_js.goto("/")
    no_js.get_by_role("link", name="Search").first.click()
    no_js.get_by_role("searchbox").fill("Oscars")
    no_js.get_by_role("button", name="Search").click()
    no_js.locator("main ol").get_by_role("link", name="Oscars").click()
    expect(no_js.locator("#opening")).to_be_in_viewport()


@pytest.mark.parametrize("words", [OSCARS, FRESH])
def test_every_phrase_links_to_a_page_with_its_words(no_js, words):
    no_js.goto(ESSAY)
    phrase(no_js, words).click()
    expect(no_js.locator(".quoted").first).to_have_text(words)


def test_every_kind_of_page_answers_without_script(no_js, watch):
    watch.allow("40[04]")
    for name, address in kinds_of_page().items():
        answer = no_js.goto(address)
        assert answer.status == {"not found": 404, "makes no sense": 400}.get(name, 200), name
        expect(no_js.locator("h1")).to_have_count(1)


def test_a_plain_gloss_is_a_page_too(no_js):
    no_js.goto(Gloss.objects.get(essay__slug="her", key="pronouns").get_absolute_url())
    expect(no_js.get_by_text("then all but vanish")).to_be_visible()
