"""On a phone cards are sheets, margins are one line, and every control fits a thumb."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.reading_page import (
    CHOICE,
    ESSAY,
    FRESH,
    IN_THEORY,
    OSCARS,
    THESIS,
    TOO_SMALL,
    card,
    drawn_card,
    kinds_of_page,
    phrase,
    read,
    sideways,
)

READ_ONLY = True


def at_rest(phone) -> None:
    """Wait until the card has slid up completely. Opened anew, it cancels an animation."""
    card(phone).evaluate(
        """async (card) => {
          const running = () => card.getAnimations().filter((one) => one.playState === "running");
          while (running().length) await Promise.allSettled(running().map((one) => one.finished));
        }"""
    )


def test_a_tap_opens_a_sheet_with_a_close_button_in_sight(phone):
    read(phone)
    phrase(phone, THESIS).tap()
    expect(card(phone)).to_be_visible()
    at_rest(phone)
    box = card(phone).bounding_box()
    assert box["width"] == 390
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    close = card(phone).get_by_role("button", name="Close")
    expect(close).to_be_in_viewport(ratio=1)
    close.tap()
    expect(card(phone)).to_be_hidden()


def test_the_close_button_stays_in_sight_in_a_long_sheet(phone):
    read(phone)
    phrase(phone, "everyone is already a part").tap()
    expect(card(phone)).to_be_visible()
    assert card(phone).evaluate("card => card.scrollHeight > card.clientHeight")
    card(phone).evaluate("card => { card.scrollTop = card.scrollHeight }")
    expect(card(phone).get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)


def test_back_closes_the_sheet_and_stays_on_the_page(phone):
    phone.goto("/")
    read(phone)
    phrase(phone, THESIS).tap()
    expect(card(phone)).to_be_visible()
    before = phone.evaluate("scrollY")
    phone.evaluate("history.back()")
    expect(card(phone)).to_be_hidden()
    expect(phone).to_have_url(re.compile(f"{ESSAY}$"))
    assert phone.evaluate("scrollY") == pytest.approx(before, abs=2)
    phone.go_back()
    expect(phone).not_to_have_url(re.compile(f"{ESSAY}$"))


def test_back_closes_a_sheet_that_is_still_loading(phone):
    routes = []
    phone.route("**/glosses/*/", lambda route: routes.append(route))
    phone.goto("/")
    read(phone)
    phrase(phone, THESIS).tap()
    expect(card(phone)).to_contain_text("Fetching")
    phone.evaluate("history.back()")
    expect(card(phone)).to_be_hidden()
    with phone.expect_response("**/glosses/*/") as response:
        routes[0].continue_()
    response.value.finished()
    for _ in range(2):
        phone.evaluate("() => new Promise(requestAnimationFrame)")
    expect(card(phone)).to_be_hidden()
    expect(phone).to_have_url(re.compile(f"{ESSAY}$"))


def test_back_leaves_the_page_once_the_sheet_was_closed_by_its_button(phone):
    phone.goto("/")
    read(phone)
    phrase(phone, THESIS).tap()
    drawn_card(phone).get_by_role("button", name="Close").tap()
    expect(card(phone)).to_be_hidden()
    phone.wait_for_function("() => !history.state?.card")
    phone.go_back()
    expect(phone).not_to_have_url(re.compile(f"{ESSAY}$"))


def test_a_link_to_a_passage_closes_the_sheet_and_goes_there(phone):
    read(phone)
    phrase(phone, THESIS).tap()
    drawn_card(phone).get_by_role("link", name="right here in the present").tap()
    expect(card(phone)).to_be_hidden()
    expect(phone.locator("#patterns")).to_be_in_viewport()
    expect(phone).to_have_url(re.compile("#patterns$"))


def test_the_phrase_stays_in_sight_above_the_sheet(phone):
    read(phone)
    hidden = []
    for words in (OSCARS, FRESH, THESIS, CHOICE, IN_THEORY, "how far you can go"):
        link = phrase(phone, words)
        for height in (120, 420, 780):
            link.evaluate(
                """(link, height) => scrollTo({
                  top: scrollY + link.getClientRects()[0].top - height, behavior: "instant" })""",
                height,
            )
            link.evaluate("link => link.click()")
            expect(card(phone)).to_be_visible()
            at_rest(phone)
            box = link.bounding_box()
            sheet = card(phone).bounding_box()
            if box["y"] < 0 or box["y"] + box["height"] > sheet["y"]:
                hidden.append((words, height, box, sheet))
            drawn_card(phone).get_by_role("button", name="Close").tap()
            expect(card(phone)).to_be_hidden()
    assert hidden == []


def test_a_margin_is_one_line_that_opens(phone):
    read(phone)
    margin = phone.locator("[data-margin=the-present]")
    line = margin.locator("summary")
    expect(line).to_have_text("3 glosses on passage 4")
    assert margin.bounding_box()["height"] <= 48
    gloss = margin.get_by_text("“Our”, not “her”.")
    expect(gloss).to_be_hidden()
    line.tap()
    expect(gloss).to_be_visible()


def test_nothing_comes_between_a_passage_that_runs_on_and_the_next(phone):
    read(phone)
    for first, second in (("beginnings", "a-story"), ("where-to", "excerpt")):
        upper = phone.locator(f"#{first} .text").bounding_box()
        lower = phone.locator(f"#{second} .text").bounding_box()
        assert 0 < lower["y"] - (upper["y"] + upper["height"]) < 60
        margin = phone.locator(f"[data-margin={first}]").bounding_box()
        assert margin["y"] > lower["y"] + lower["height"]


@pytest.mark.parametrize("width", [320, 390])
def test_the_buttons_of_the_lens_are_in_one_line(new_page, width):
    page = new_page(**{**PHONE, "viewport": {"width": width, "height": 844}})
    page.goto("/her/themes/programming/")
    boxes = [one.bounding_box() for one in page.locator("#lens button").all()]
    assert len(boxes) == 3
    assert len({box["y"] for box in boxes}) == 1
    assert boxes[-1]["x"] + boxes[-1]["width"] <= width


def test_the_theme_score_is_folded_and_a_row_is_one_target(phone):
    read(phone)
    score = phone.locator(".score")
    expect(score.locator("table")).to_be_hidden()
    score.locator("summary").tap()
    row = score.locator("tbody tr", has_text="Choice")
    box = row.bounding_box()
    assert box["height"] >= 44
    phone.touchscreen.tap(box["x"] + box["width"] - 12, box["y"] + box["height"] - 8)
    expect(card(phone).locator("#card-title")).to_have_text("Choice")
    drawn_card(phone).get_by_role("link", name="Passage 8").tap()
    expect(phone.locator("#baseline")).to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways(new_page, watch, width):
    watch.allow("40[04]")
    page = new_page(**{**PHONE, "viewport": {"width": width, "height": 700}})
    wrong = {}
    read(page)
    for name, address in kinds_of_page().items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        if overflowing := sideways(page):
            wrong[name] = overflowing
    assert wrong == {}


def test_every_control_is_large_enough_to_tap(phone, watch):
    watch.allow("40[04]")
    wrong = {}
    phone.add_init_script("localStorage.removeItem('sv-place-her')")
    phone.goto(ESSAY)
    wrong["veil closed"] = phone.evaluate(TOO_SMALL, "body")
    read(phone)
    for name, address in kinds_of_page().items():
        phone.goto(address)
        phone.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        wrong[name] = phone.evaluate(TOO_SMALL, "body")
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("what", ["appearance", "contents", "card", "lens"])
def test_every_control_of_popovers_and_sheets_is_large_enough_to_tap(phone, what):
    read(phone)
    if what == "appearance":
        phone.get_by_role("button", name="Appearance").first.tap()
    elif what == "contents":
        phone.get_by_role("button", name="Contents").first.tap()
    else:
        phrase(phone, THESIS).tap()
        expect(card(phone)).to_be_visible()
        drawn_card(phone).locator(".elsewhere summary").first.tap()
        drawn_card(phone).get_by_role("link", name="The present", exact=True).tap()
        card(phone).get_by_role("button", name="Back").wait_for()
    opened = f"#{what}"
    if what == "lens":
        drawn_card(phone).get_by_role("link", name="Follow this theme").tap()
    expect(phone.locator(opened)).to_be_visible()
    assert phone.evaluate(TOO_SMALL, opened) == []
