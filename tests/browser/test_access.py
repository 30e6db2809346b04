"""axe-core finds no violation on any kind of page, in both colour schemes, with cards open."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.reading_page import (
    CHOICE,
    ESSAY,
    FRESH,
    card,
    drawn_card,
    kinds_of_page,
    phrase,
    read,
)

READ_ONLY = True
KINDS = [
    "shelf",
    "reading page",
    "theme lens",
    "passage",
    "passage before the veil",
    "versions",
    "on the same words",
    "themes",
    "theme",
    "work",
    "quotation",
    "gloss",
    "search",
    "search results",
    "nothing found",
    "not found",
    "makes no sense",
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_accessible(new_page, watch, kind):
    watch.allow("40[04]")
    page = new_page()
    page.goto(kinds_of_page()[kind])
    assert_accessible(page)
    if page.locator(".veil").count():
        page.locator(".veil summary").first.click()
        assert_accessible(page)


def test_every_kind_of_page_is_in_the_list():
    assert list(kinds_of_page()) == KINDS


def test_an_open_card_is_accessible(new_page):
    page = new_page()
    page.goto(ESSAY)
    phrase(page, FRESH).click()
    drawn_card(page)
    assert_accessible(page)
    page.locator(".score th a", has_text="Choice").click()
    expect(card(page)).to_contain_text("Read anyway")
    drawn_card(page)
    assert_accessible(page)
    drawn_card(page).get_by_text("Read anyway").click()
    assert_accessible(page)
    for link, words in (
        (phrase(page, CHOICE), "A gloss on"),
        (page.locator("#excerpt figcaption a"), "The Book"),
    ):
        link.click()
        expect(card(page)).to_contain_text(words)
        drawn_card(page)
        assert_accessible(page)
    page.locator(".kicker a[data-card]").click()
    expect(card(page)).to_contain_text("written and directed")
    drawn_card(page)
    assert_accessible(page)


def test_a_nested_card_and_the_lens_are_accessible(new_page):
    page = new_page()
    read(page)
    phrase(page, CHOICE).click()
    drawn_card(page).get_by_role("link", name="Choice", exact=True).click()
    expect(card(page).get_by_role("button", name="Back")).to_be_visible()
    assert_accessible(page)
    drawn_card(page).get_by_role("link", name="Follow this theme").click()
    expect(page.locator("#lens")).to_be_visible()
    assert_accessible(page)


def test_popovers_and_dialogs_are_accessible(new_page):
    page = new_page()
    page.goto(ESSAY)
    for name in ("Contents", "Appearance"):
        page.get_by_role("button", name=name).first.click()
        assert_accessible(page)
        page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert_accessible(page)


def test_the_phone_is_accessible(new_page):
    page = new_page(**PHONE)
    page.goto(ESSAY)
    assert_accessible(page)
    page.locator(".score summary").tap()
    read(page)
    page.locator("[data-margin=the-present] summary").tap()
    assert_accessible(page)
    phrase(page, CHOICE).tap()
    expect(card(page)).to_be_visible()
    assert_accessible(page)


def test_a_veil_that_names_the_target_of_a_link_is_accessible(new_page):
    page = new_page()
    page.goto(f"{ESSAY}#excerpt")
    expect(page.locator(".leads-to")).to_be_visible()
    assert_accessible(page)


def test_the_offer_of_the_reading_place_is_accessible(new_page):
    page = new_page()
    page.add_init_script("localStorage.setItem('sv-place-her', 'fresh')")
    page.goto(ESSAY)
    expect(page.locator(".toast")).to_be_visible()
    assert_accessible(page)
