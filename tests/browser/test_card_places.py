"""Cards: what they show and where they are placed."""

import re

import pytest
from playwright.sync_api import expect

from annotations.models import Gloss
from tests.browser.reading_page import (
    CHOICE,
    FRESH,
    IN_THEORY,
    OSCARS,
    SELF,
    THESIS,
    away,
    card,
    drawn_card,
    phrase,
    read,
    rest_on,
    shifts,
    watch_shifts,
)

READ_ONLY = True
SCROLL_TO = """(link, height) => scrollTo({
  top: scrollY + link.getClientRects()[0].top - height, behavior: "instant" })"""

MEASURE = """link => {
  const card = document.getElementById("card").getBoundingClientRect();
  const covered = [...link.getClientRects()].some((line) =>
    line.left < card.right && line.right > card.left &&
    line.top < card.bottom && line.bottom > card.top);
  const outside = card.left < 0 || card.top < 0 ||
    card.right > document.documentElement.clientWidth || card.bottom > innerHeight;
  return { covered, outside, height: card.height };
}"""


@pytest.mark.parametrize("width", [1440, 820])
def test_a_card_never_covers_its_phrase_and_stays_on_the_screen(new_page, width):
    page = new_page(viewport={"width": width, "height": 900})
    read(page)
    wrong = []
    for words in (OSCARS, FRESH, THESIS, "that pattern", CHOICE, SELF, IN_THEORY, "you end up"):
        link = phrase(page, words)
        for height in (90, 430, 840):
            link.evaluate(SCROLL_TO, height)
            link.evaluate("link => link.click()")
            expect(card(page)).to_be_visible()
            measured = link.evaluate(MEASURE)
            if measured["covered"] or measured["outside"] or measured["height"] < 60:
                wrong.append((words, height, measured))
            page.keyboard.press("Escape")
            expect(card(page)).to_be_hidden()
    assert wrong == []


def test_opening_a_card_shifts_nothing(page):
    watch_shifts(page)
    read(page)
    shifts(page)  # Lifting the veil moved the text.
    for words in (OSCARS, THESIS, IN_THEORY):
        phrase(page, words).click()
        expect(card(page)).to_be_visible()
        page.keyboard.press("Escape")
        expect(card(page)).to_be_hidden()
    rest_on(page, phrase(page, CHOICE))
    expect(card(page)).to_be_visible()
    away(page)
    expect(card(page)).to_be_hidden()
    assert shifts(page) == []


def test_a_slow_card_opens_without_a_shift(new_page):
    page = new_page(viewport={"width": 1440, "height": 600})
    watch_shifts(page)
    read(page)
    routes = []
    page.route("**/glosses/*/", lambda route: routes.append(route))
    link = phrase(page, THESIS)
    link.evaluate("link => scrollBy(0, link.getBoundingClientRect().top - 330)")
    link.click()
    expect(card(page)).to_contain_text("Fetching")
    shifts(page)
    routes[0].continue_()
    expect(card(page)).not_to_contain_text("Fetching")
    assert card(page).evaluate("card => card.hasAttribute('data-above')")
    assert shifts(page) == []


def test_a_card_omits_the_gloss_that_is_visible_in_the_margin(page):
    read(page)
    phrase(page, OSCARS).click()
    expect(card(page)).to_contain_text("The film under discussion")
    expect(page.locator(".margin .gloss", has_text="86th Academy")).to_be_in_viewport(ratio=1)
    expect(card(page).get_by_text("86th Academy")).to_be_hidden()


def test_a_card_includes_the_gloss_if_there_is_no_margin(new_page):
    page = new_page(viewport={"width": 820, "height": 900})
    read(page)
    phrase(page, OSCARS).click()
    expect(card(page).get_by_text("86th Academy")).to_be_visible()
    expect(card(page)).to_contain_text("The film under discussion")


def test_a_card_includes_a_gloss_that_is_scrolled_out_of_view(new_page):
    page = new_page(viewport={"width": 1440, "height": 480})
    read(page)
    link = phrase(page, "isolated “egos” inside bags of skin")
    link.evaluate(SCROLL_TO, 430)
    gloss = page.locator(".margin .gloss", has_text="Software has no skin")
    expect(gloss).not_to_be_in_viewport(ratio=1)
    link.evaluate("link => link.click()")
    expect(card(page).get_by_text("Software has no skin")).to_be_visible()


def test_the_card_of_a_gloss_has_relations_targets_reasons_and_other_places(page):
    read(page)
    phrase(page, THESIS).click()
    first = card(page).locator(".card-section").first
    expect(first).to_contain_text("Source · theme")
    expect(first).to_contain_text("What is in front of us right now")
    expect(first).to_contain_text("The claim that the rest of the essay sets out to show.")
    second = card(page).locator(".card-section").nth(1)
    expect(second).to_contain_text("Echo · passage 10")
    expect(second).to_contain_text("which for me is the central idea of the movie")
    elsewhere = drawn_card(page).locator(".card-section").first.locator(".elsewhere")
    elsewhere.locator("summary").click()
    expect(elsewhere.get_by_role("link", name="Passage 13")).to_be_visible()


def test_the_card_of_a_theme_has_its_definition_and_passages(page):
    read(page)
    page.locator(".score th a", has_text="Choice").click()
    expect(card(page)).to_contain_text("Theme")
    expect(card(page)).to_contain_text("when we could do otherwise")
    expect(card(page).get_by_role("link", name="Passage 15")).to_be_visible()


def test_the_card_of_a_quotation_has_its_speaker_and_source(page):
    read(page)
    page.locator("#excerpt figcaption a").click()
    expect(card(page).locator("blockquote")).to_contain_text("isolated “egos” inside bags of skin")
    expect(card(page).locator("figcaption")).to_contain_text("Alan Watts, The Book")
    expect(card(page).locator("figcaption")).to_contain_text("1966")
    expect(card(page)).to_contain_text("Read it in passage 14")


def test_the_card_of_a_work_has_its_credits_and_quotations(page):
    read(page)
    page.locator(".kicker a[data-card]").click()
    expect(card(page)).to_contain_text("Film")
    expect(card(page)).to_contain_text("2013, written and directed by Spike Jonze")
    expect(card(page).get_by_role("link", name="No, it's okay.")).to_be_visible()


def test_a_card_has_an_accessible_name(page):
    read(page)
    phrase(page, FRESH).click()
    expect(page.get_by_role("dialog", name=FRESH)).to_be_visible()


def test_a_link_to_a_passage_closes_the_card_and_goes_there(page):
    read(page)
    phrase(page, THESIS).click()
    drawn_card(page).get_by_role("link", name="right here in the present").click()
    expect(card(page)).to_be_hidden()
    expect(page.locator("#patterns")).to_be_in_viewport()
    expect(page).to_have_url(re.compile("/her/#patterns$"))


def test_a_card_that_cannot_be_fetched_says_so_and_offers_the_page(page, watch):
    watch.allow("ERR_FAILED|Failed to fetch")
    address = Gloss.objects.get(essay__slug="her", key="oscars").get_absolute_url()
    page.route(f"**{address}", lambda route: route.abort())
    read(page)
    link = phrase(page, OSCARS)
    link.click()
    expect(card(page)).to_contain_text("could not be fetched")
    page.unroute(f"**{address}")
    drawn_card(page).get_by_role("link", name="Open it as a page").click()
    page.wait_for_url(f"**{address}")
    expect(page.locator("h1")).to_have_text("Best Picture at the Oscars this…")


def test_a_card_that_failed_once_is_fetched_again(page, watch):
    watch.allow("ERR_FAILED|Failed to fetch")
    page.route("**/glosses/*/", lambda route: route.abort())
    read(page)
    phrase(page, OSCARS).click()
    expect(card(page)).to_contain_text("could not be fetched")
    page.keyboard.press("Escape")
    page.unroute("**/glosses/*/")
    phrase(page, OSCARS).click()
    expect(card(page)).to_contain_text("The film under discussion")


def test_a_server_error_is_not_shown_as_a_card(page, watch):
    watch.allow("500")
    page.route("**/glosses/*/", lambda route: route.fulfill(status=500, body="<h1>Trace</h1>"))
    read(page)
    phrase(page, OSCARS).click()
    expect(card(page)).to_contain_text("could not be fetched")
    expect(card(page)).not_to_contain_text("Trace")
