"""The veil: how it opens, how long it stays open, and links to passages behind it."""

import re

import pytest
from playwright.sync_api import expect

from annotations.models import Quotation
from tests.browser.reading_page import (
    ESSAY,
    FRESH,
    OSCARS,
    card,
    drawn_card,
    focused,
    phrase,
    read,
    veil,
)

READ_ONLY = True
LEADS_TO_14 = "to passage 14, past the spoilers"


def words_of_14(page):
    return page.locator("#excerpt .text")


def test_read_anyway_opens_the_veil_for_this_visit(page):
    page.goto(ESSAY)
    expect(words_of_14(page)).to_be_hidden()
    veil(page).get_by_text("Read anyway").click()
    expect(words_of_14(page)).to_be_visible()
    page.reload()
    expect(words_of_14(page)).to_be_visible()
    page.goto("/works/the-book/")
    expect(page.get_by_text("This feeling of being lonely")).to_be_visible()


def test_on_the_next_visit_the_veil_is_closed_again(page):
    read(page)
    page.close()
    later = page.context.new_page()
    later.goto(ESSAY)
    expect(words_of_14(later)).to_be_hidden()


def test_having_seen_the_film_is_remembered_on_the_device(page):
    page.goto(ESSAY)
    veil(page).get_by_role("button", name="I’ve seen Her").click()
    expect(words_of_14(page)).to_be_visible()
    page.close()
    later = page.context.new_page()
    later.goto(ESSAY)
    expect(words_of_14(later)).to_be_visible()
    for address in ("/themes/choice/", "/works/her/", "/search/?q=Samantha", "/her/a-story/"):
        later.goto(address)
        expect(later.locator(".veil details").first).to_have_attribute("open", "")
        expect(later.locator(".veiled").first).to_be_visible()


def test_veils_in_cards_are_open_after_i_have_seen_it(page):
    page.goto(ESSAY)
    page.locator(".score th a", has_text="Choice").click()
    expect(card(page).get_by_role("link", name="Passage 7")).to_be_hidden()
    drawn_card(page).get_by_role("button", name="I’ve seen Her").click()
    expect(card(page).get_by_role("link", name="Passage 7")).to_be_visible()
    expect(words_of_14(page)).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".score th a", has_text="Stories").click()
    expect(card(page).get_by_role("link", name="Passage 6")).to_be_visible()


def test_not_yet_leads_to_the_shelf(page):
    page.goto(ESSAY)
    veil(page).get_by_role("link", name="Not yet").click()
    page.wait_for_url("**/")
    expect(page.locator(".shelf")).to_be_visible()


@pytest.mark.parametrize("choice", ["Read anyway", "I’ve seen"])
def test_the_veil_can_be_closed_again(page, choice):
    page.goto(ESSAY)
    veil(page).get_by_text(choice).click()
    veil(page).get_by_text("Hide it again").click()
    expect(words_of_14(page)).to_be_hidden()
    page.reload()
    expect(words_of_14(page)).to_be_hidden()


def test_the_choices_work_from_the_keyboard(page):
    page.goto(ESSAY)
    veil(page).get_by_role("button", name="I’ve seen Her").focus()
    page.keyboard.press("Enter")
    expect(words_of_14(page)).to_be_visible()
    expect(veil(page).locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(words_of_14(page)).to_be_hidden()


def test_a_link_from_outside_stops_at_the_veil_which_names_the_target(page):
    page.goto(f"{ESSAY}#excerpt")
    expect(veil(page)).to_contain_text(LEADS_TO_14)
    expect(veil(page)).to_be_in_viewport(ratio=1)
    expect(words_of_14(page)).to_be_hidden()
    veil(page).get_by_text("Read anyway").click()
    expect(words_of_14(page)).to_be_in_viewport()
    expect(page.locator("#excerpt")).to_be_focused()
    expect(veil(page)).not_to_be_in_viewport()


def test_a_link_from_outside_goes_on_after_i_have_seen_it(page):
    page.goto(f"{ESSAY}#how-far")
    expect(veil(page)).to_contain_text("to passage 15, past the spoilers")
    veil(page).get_by_role("button", name="I’ve seen Her").click()
    expect(page.locator("#how-far")).to_be_in_viewport()


def test_a_link_from_outside_passes_an_open_veil(page):
    read(page)
    page.goto("/")
    page.goto(f"{ESSAY}#excerpt")
    expect(words_of_14(page)).to_be_in_viewport()


def test_a_link_within_the_page_stops_at_the_veil(page):
    page.goto(ESSAY)
    bar = page.locator(".score td a[href='#excerpt']").first
    bar.click()
    expect(veil(page)).to_contain_text(LEADS_TO_14)
    expect(veil(page)).to_be_in_viewport(ratio=1)
    expect(page).to_have_url(re.compile("#excerpt$"))
    assert focused(page).evaluate("one => Boolean(one.closest('.veil'))")
    veil(page).get_by_text("Read anyway").click()
    expect(words_of_14(page)).to_be_in_viewport()


def test_the_veil_leads_to_the_target_of_the_last_link(page):
    page.goto(f"{ESSAY}#excerpt")
    page.locator(".score td a[href='#how-far']").first.click()
    expect(veil(page)).to_contain_text("to passage 15, past the spoilers")
    veil(page).get_by_text("Read anyway").click()
    expect(page.locator("#how-far")).to_be_in_viewport()


def test_a_link_from_another_page_stops_at_the_veil(page):
    page.goto(Quotation.objects.get(slug="watts-on-the-universe").get_absolute_url())
    page.get_by_role("link", name="Read it in passage 14").click()
    expect(veil(page)).to_contain_text(LEADS_TO_14)
    expect(veil(page)).to_be_in_viewport(ratio=1)


def test_a_link_in_a_card_goes_on_where_the_card_has_opened_the_veil(page):
    page.goto(ESSAY)
    page.locator(".score th a", has_text="Choice").click()
    drawn_card(page).get_by_text("Read anyway").click()
    drawn_card(page).get_by_role("link", name="Passage 15").click()
    expect(page.locator("#how-far")).to_be_in_viewport()


def test_cards_before_the_veil_have_no_veil(page):
    page.goto(ESSAY)
    phrase(page, OSCARS).click()
    expect(card(page)).to_contain_text("The film under discussion")
    phrase(page, FRESH).click()
    expect(card(page)).to_contain_text("Frank Costanza")


def test_without_script_the_veil_opens_and_closes(no_js):
    no_js.goto(ESSAY)
    expect(words_of_14(no_js)).to_be_hidden()
    no_js.locator(".score td a[href='#excerpt']").first.click()
    expect(words_of_14(no_js)).to_be_hidden()
    veil(no_js).get_by_text("Read anyway").click()
    expect(words_of_14(no_js)).to_be_visible()
    no_js.locator(".score td a[href='#excerpt']").first.click()
    expect(words_of_14(no_js)).to_be_in_viewport()
    veil(no_js).get_by_text("Hide it again").click()
    expect(words_of_14(no_js)).to_be_hidden()
