"""Cards under a mouse: when they open, and when they go."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading_page import (
    CHOICE,
    ESSAY,
    FRESH,
    OSCARS,
    PRONOUNS,
    SELF,
    THESIS,
    away,
    card,
    drawn_card,
    phrase,
    point_on,
    read,
    rest_on,
)


@pytest.fixture
def page(page):
    """A page whose clock the tests can stop and move on."""
    page.clock.install(time=0)
    return page


def stop_clock(page) -> None:
    """From now on timers run only when `page.clock.run_for(milliseconds)` lets time pass."""
    page.clock.pause_at(3600)


def requests_for(page, part: str) -> list[str]:
    urls = []
    page.on("request", lambda request: urls.append(request.url) if part in request.url else None)
    return urls


def catch_up(page):
    """Wait for a request of our own: what the page requested before has been reported by then."""
    page.evaluate("() => fetch('/robots.txt').then((response) => response.text())")


def test_hovering_fetches_a_card_after_150_ms_and_shows_it_after_400_ms(page):
    read(page)
    requests = requests_for(page, "/glosses/")
    spot = point_on(phrase(page, THESIS))
    stop_clock(page)
    page.mouse.move(*spot)
    page.clock.run_for(149)
    catch_up(page)
    assert requests == []
    with page.expect_response("**/glosses/*/"):
        page.clock.run_for(1)
    page.clock.run_for(249)
    expect(card(page)).to_be_hidden()
    page.clock.resume()
    expect(card(page)).to_be_visible()


def test_a_fetched_card_is_shown_after_400_ms_and_stays_for_300_ms(page):
    read(page)
    link = phrase(page, THESIS)
    link.click()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    away(page)
    spot = point_on(link)
    stop_clock(page)
    page.mouse.move(*spot)
    page.clock.run_for(399)
    expect(card(page)).to_be_hidden()
    page.clock.run_for(1)
    expect(card(page)).to_be_visible()
    away(page)
    page.clock.run_for(299)
    expect(card(page)).to_be_visible()
    page.clock.run_for(1)
    expect(card(page)).to_be_hidden()


def test_passing_over_a_phrase_fetches_nothing(page):
    read(page)
    requests = requests_for(page, "/glosses/")
    spot = point_on(phrase(page, THESIS))
    stop_clock(page)
    page.mouse.move(*spot)
    page.clock.run_for(60)
    away(page)
    page.clock.run_for(600)
    catch_up(page)
    assert requests == []
    expect(card(page)).to_be_hidden()


def test_a_card_is_not_shown_if_the_mouse_has_left(page):
    read(page)
    page.evaluate(
        """() => {
          window.opened = 0;
          document.getElementById("card").addEventListener(
            "beforetoggle", ({ newState }) => { if (newState === "open") window.opened++; });
        }"""
    )
    spot = point_on(phrase(page, THESIS))
    stop_clock(page)
    page.mouse.move(*spot)
    with page.expect_response("**/glosses/*/"):
        page.clock.run_for(150)
    away(page)
    page.clock.run_for(600)
    page.clock.resume()
    # Cards are fetched one after the other: the next one comes after the one nobody waits for.
    rest_on(page, phrase(page, FRESH))
    expect(card(page)).to_contain_text("Frank Costanza")
    assert page.evaluate("window.opened") == 1


def test_a_card_stays_open_while_the_mouse_is_on_it(page):
    read(page)
    rest_on(page, phrase(page, THESIS))
    expect(card(page)).to_be_visible()
    box = card(page).bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=6)
    page.clock.run_for(600)
    expect(card(page)).to_be_visible()
    away(page)
    expect(card(page)).to_be_hidden()


def test_a_phrase_that_scrolls_under_a_still_mouse_opens_nothing(page):
    read(page)
    requests = requests_for(page, "/glosses/")
    x, y = point_on(phrase(page, CHOICE))
    page.mouse.move(x, y - 300 if y > 400 else y + 300)
    page.mouse.wheel(0, 300 if y > 400 else -300)
    # The browser looks what is under the mouse some time after a scroll, as if the mouse had moved.
    page.wait_for_function(
        "words => document.querySelector('.text a.gloss:hover')?.textContent === words", arg=CHOICE
    )
    page.clock.run_for(700)
    catch_up(page)
    assert requests == []
    expect(card(page)).to_be_hidden()


def test_a_click_opens_a_card_at_once_and_pins_it(page):
    read(page)
    link = phrase(page, THESIS)
    link.click()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    away(page)
    # It has been fetched, so that only a delay of its own could hold it back.
    spot = point_on(link)
    stop_clock(page)
    page.mouse.click(*spot)
    expect(card(page)).to_be_visible()
    away(page)
    page.clock.run_for(500)
    expect(card(page)).to_be_visible()


def test_a_click_pins_a_card_that_was_opened_by_hovering(page):
    read(page)
    link = phrase(page, THESIS)
    rest_on(page, link)
    expect(card(page)).to_be_visible()
    page.mouse.click(*point_on(link))
    away(page)
    page.clock.run_for(500)
    expect(card(page)).to_be_visible()


def test_a_click_elsewhere_closes_a_pinned_card(page):
    read(page)
    phrase(page, THESIS).click()
    expect(card(page)).to_be_visible()
    page.mouse.click(3, 450)
    expect(card(page)).to_be_hidden()


def test_a_click_on_another_phrase_replaces_the_card(page):
    read(page)
    phrase(page, OSCARS).click()
    expect(card(page)).to_contain_text("Spike Jonze")
    phrase(page, FRESH).click()
    expect(card(page)).to_contain_text("Frank Costanza")
    expect(phrase(page, OSCARS)).not_to_have_attribute("aria-expanded", "true")
    expect(phrase(page, FRESH)).to_have_attribute("aria-expanded", "true")


def test_a_press_in_the_card_that_ends_outside_leaves_it_open(page):
    read(page)
    phrase(page, THESIS).click()
    box = drawn_card(page).get_by_text("The claim that the rest of the essay").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 5)
    page.mouse.down()
    away(page)
    page.mouse.up()
    expect(card(page)).to_be_visible()
    assert page.evaluate("getSelection().toString()")
    page.mouse.click(3, page.viewport_size["height"] / 2)
    expect(card(page)).to_be_hidden()


def test_a_click_with_a_modifier_or_the_middle_button_opens_the_page(page):
    page.goto(ESSAY)
    link = phrase(page, OSCARS)
    for how in ({"modifiers": ["ControlOrMeta"]}, {"button": "middle"}):
        with page.context.expect_page() as opened:
            link.click(**how)
        opened.value.wait_for_url("**/glosses/*/")
        expect(opened.value.locator("h1")).to_contain_text("Best Picture")
        opened.value.close()
    away(page)
    expect(card(page)).to_be_hidden()


def test_a_gloss_that_points_nowhere_opens_no_card(page):
    read(page)
    link = phrase(page, PRONOUNS)
    requests = requests_for(page, "/glosses/")
    gloss = page.locator(".margin .gloss", has_text="then all but vanish")
    expect(gloss).to_be_in_viewport(ratio=1)
    rest_on(page, link)
    expect(gloss).to_have_class("gloss lit-gloss")
    page.clock.run_for(600)
    catch_up(page)
    assert requests == []
    link.click()
    expect(gloss).to_be_focused()
    link.focus()
    page.keyboard.press("Enter")
    expect(gloss).to_be_focused()
    expect(card(page)).to_be_hidden()


def test_a_slice_without_a_link_opens_the_card_of_its_gloss(page):
    read(page)
    slice_ = page.locator(".text span[data-marks]", has_text="and attachment fall away")
    slice_.click()
    expect(card(page)).to_contain_text("He gives the coming out")
    expect(phrase(page, "returning to some source")).to_have_attribute("aria-expanded", "true")


def test_where_marks_overlap_each_phrase_has_a_card_of_its_own(page):
    read(page)
    phrase(page, SELF).click()
    expect(card(page)).to_contain_text("The separate self")
