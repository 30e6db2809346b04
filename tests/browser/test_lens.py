"""The theme lens: it highlights a theme's passages, dims the rest, and steps through them."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading_page import card, drawn_card, phrase, read, rest_on

READ_ONLY = True
CHOICE = ["a-choice", "baseline", "the-question", "how-far"]
LIT = "[...document.querySelectorAll('.passage.lit')].map((one) => one.id)"

# The contrast of what is dimmed, by the formula of WCAG 2.2, relative luminance.
LOWEST_CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const luminance = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = luminance(getComputedStyle(document.documentElement).backgroundColor);
  const dimmed = ".passage:not(.lit) :is(.text, .text *, figcaption, .number)";
  return Math.min(...[...document.querySelectorAll(dimmed)].map((one) => {
    const ink = luminance(getComputedStyle(one).color);
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  }));
}"""


def follow(page, theme: str) -> None:
    page.locator(".score th a", has_text=theme).click()
    drawn_card(page).get_by_role("link", name="Follow this theme through the essay").click()
    expect(lens(page)).to_be_visible()


def lens(page):
    return page.get_by_role("region", name="Theme followed")


def expect_at_top(page, key: str) -> None:
    expect(page.locator(f"#{key}")).to_be_in_viewport()
    page.wait_for_function(
        "key => Math.abs(document.getElementById(key).getBoundingClientRect().top) < 120"
        " || scrollY + innerHeight > document.documentElement.scrollHeight - 2",
        arg=key,
    )


def test_following_a_theme_highlights_its_passages_and_dims_the_rest(page):
    read(page)
    follow(page, "Choice")
    expect(lens(page)).to_contain_text("Choice")
    assert page.evaluate(LIT) == CHOICE
    colour = "one => getComputedStyle(one).color"
    lit = page.locator("#baseline .text").evaluate(colour)
    dimmed = page.locator("#premise .text").evaluate(colour)
    assert lit != dimmed
    expect(card(page)).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dimmed_text_has_enough_contrast(new_page, scheme):
    page = new_page(color_scheme=scheme)
    read(page)
    follow(page, "Choice")
    assert 4.5 <= page.evaluate(LOWEST_CONTRAST) < 12


def test_next_and_previous_go_in_reading_order(page):
    read(page)
    follow(page, "Choice")
    expect_at_top(page, CHOICE[0])
    for key, place in zip(CHOICE[1:], ("2 of 4", "3 of 4", "4 of 4"), strict=True):
        lens(page).get_by_role("button", name="Next passage").click()
        expect(lens(page)).to_contain_text(place)
        expect_at_top(page, key)
    lens(page).get_by_role("button", name="Passage before").click()
    expect(lens(page)).to_contain_text("3 of 4")
    expect_at_top(page, CHOICE[2])


def test_esc_ends_the_lens_and_focus_returns(page):
    read(page)
    follow(page, "Choice")
    expect(lens(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(lens(page)).to_be_hidden()
    assert page.evaluate(LIT) == []
    expect(page.locator(".score th a", has_text="Choice")).to_be_focused()


def test_focus_returns_to_the_phrase_that_led_to_the_theme(page):
    read(page)
    link = phrase(page, "our ability to learn and grow")
    link.click()
    drawn_card(page).get_by_role("link", name="Learning to grow").click()
    drawn_card(page).get_by_role("link", name="Follow this theme through the essay").click()
    expect(lens(page)).to_contain_text("Learning to grow")
    lens(page).get_by_role("button", name="Show all").click()
    expect(lens(page)).to_be_hidden()
    expect(link).to_be_focused()


def test_esc_closes_a_card_before_it_ends_the_lens(page):
    read(page)
    follow(page, "Choice")
    phrase(page, "At some point, the choice becomes ours").click()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(lens(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(lens(page)).to_be_hidden()


def test_cards_open_within_the_lens(page):
    read(page)
    follow(page, "Choice")
    rest_on(page, phrase(page, "made a choice to evolve"))
    expect(card(page)).to_be_visible()
    assert page.evaluate(LIT) == CHOICE


def test_the_bar_of_the_lens_does_not_cover_the_footer(page):
    read(page)
    follow(page, "Choice")
    page.evaluate("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    footer = page.locator(".site-footer").bounding_box()
    assert footer["y"] + footer["height"] <= lens(page).bounding_box()["y"]


def test_behind_a_closed_veil_the_lens_stops_at_the_veil(page):
    page.goto("/her/")
    follow(page, "Choice")
    expect(page.locator(".passages > .veil")).to_contain_text("to passage 7, past the spoilers")
    expect(page.locator("#a-choice .text")).to_be_hidden()
    page.locator(".passages > .veil").get_by_text("Read anyway").click()
    expect_at_top(page, "a-choice")


def test_the_lens_is_a_page_of_its_own(page):
    read(page, "/her/themes/choice/")
    assert page.evaluate(LIT) == CHOICE
    expect(page.locator("h1")).to_have_text("Choice")
    expect(page.locator(".title-field")).to_contain_text("when we could do otherwise")
    expect(lens(page)).to_contain_text("Choice")
    lens(page).get_by_role("button", name="Next passage").click()
    expect_at_top(page, CHOICE[0])
    lens(page).get_by_role("button", name="Next passage").click()
    expect_at_top(page, CHOICE[1])
    page.keyboard.press("Escape")
    page.wait_for_url("**/her/")


def test_the_page_of_a_lens_works_without_script(no_js):
    no_js.goto("/her/themes/choice/")
    no_js.locator(".passages > .veil summary").click()
    lit = no_js.locator(".passage.lit")
    assert [one.get_attribute("id") for one in lit.all()] == CHOICE
    expect(no_js.locator("#baseline.lit .text")).to_be_visible()
    expect(lens(no_js)).to_be_hidden()
    no_js.locator(".title-field").locator("a[href='#baseline']").click()
    expect(no_js.locator("#baseline")).to_be_in_viewport()
    no_js.get_by_role("link", name="The whole essay").click()
    no_js.wait_for_url("**/her/")


def test_the_page_of_a_theme_links_to_the_lens(page):
    page.goto("/themes/choice/")
    page.get_by_role("link", name="Follow it through this essay").click()
    page.wait_for_url("**/her/themes/choice/")
    assert page.evaluate(LIT) == CHOICE
