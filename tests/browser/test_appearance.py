"""Appearance: light, dark or the system's, text size, forced colours, less motion, print."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.reading_page import (
    CHOICE,
    ESSAY,
    card,
    drawn_card,
    kinds_of_page,
    phrase,
    read,
    shifts,
    sideways,
    veil,
    watch_shifts,
)

READ_ONLY = True
LIGHT_PAPER, DARK_PAPER = "rgb(255, 253, 252)", "rgb(23, 20, 22)"

# Records the data attributes of the root element when the body appears, so before the first paint.
NOTE_FIRST = """new MutationObserver((records, watch) => {
  if (!document.body) return;
  window.first = { ...document.documentElement.dataset };
  watch.disconnect();
}).observe(document, { childList: true, subtree: true });"""


def paper(page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def text_size(page) -> float:
    return page.locator("#opening .text").evaluate(
        "one => parseFloat(getComputedStyle(one).fontSize)"
    )


def choose(page, *labels: str) -> None:
    page.get_by_role("button", name="Appearance").first.click()
    for label in labels:
        # By key: text that grows moves the popover, and a click beside it would close it.
        choice = page.locator("#appearance").get_by_label(label, exact=True)
        if not choice.is_checked():
            choice.focus()
            page.keyboard.press("Space")
        expect(choice).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("#appearance")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_systems_scheme_is_the_default(new_page, scheme):
    page = new_page(color_scheme=scheme)
    page.goto(ESSAY)
    assert paper(page) == {"light": LIGHT_PAPER, "dark": DARK_PAPER}[scheme]
    page.emulate_media(color_scheme="dark" if scheme == "light" else "light")
    assert paper(page) == {"light": DARK_PAPER, "dark": LIGHT_PAPER}[scheme]


@pytest.mark.parametrize(
    "system, label, expected", [("light", "Dark", DARK_PAPER), ("dark", "Light", LIGHT_PAPER)]
)
def test_a_chosen_scheme_wins_over_the_systems_and_is_remembered(new_page, system, label, expected):
    page = new_page(color_scheme=system)
    page.goto(ESSAY)
    before = paper(page)
    choose(page, label)
    assert paper(page) == expected
    page.goto("/themes/")
    assert paper(page) == expected
    choose(page, "As the system")
    page.goto(ESSAY)
    assert paper(page) == before


def test_the_text_size_can_be_chosen_and_is_remembered(page):
    page.goto(ESSAY)
    normal = text_size(page)
    sizes = []
    for label in ("Large", "Larger", "Largest"):
        choose(page, label)
        page.reload()
        sizes.append(text_size(page))
        page.get_by_role("button", name="Appearance").first.click()
        expect(page.get_by_label(label, exact=True)).to_be_checked()
        page.keyboard.press("Escape")
    assert normal < sizes[0] < sizes[1] < sizes[2]
    assert sizes[2] >= 1.5 * normal


def test_choices_are_applied_before_the_first_paint_without_a_shift(page):
    page.goto(ESSAY)
    choose(page, "Dark", "Largest")
    page.add_init_script(NOTE_FIRST)
    watch_shifts(page)
    page.reload()
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("window.first") == {"scheme": "dark", "text": "largest"}
    assert shifts(page) == []


def test_the_popover_shows_the_current_choices(page):
    page.goto(ESSAY)
    choose(page, "Dark", "Larger")
    page.reload()
    page.get_by_role("button", name="Appearance").first.click()
    form = page.locator("#appearance")
    expect(form.get_by_label("Dark", exact=True)).to_be_checked()
    expect(form.get_by_label("Larger", exact=True)).to_be_checked()
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()


def test_in_forced_colours_marks_are_underlined_and_text_is_readable(new_page):
    page = new_page(forced_colors="active")
    read(page)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    link = phrase(page, CHOICE)
    style = link.evaluate(
        """one => {
          const { textDecorationLine, textDecorationColor, color } = getComputedStyle(one);
          const probe = document.createElement("i");
          document.body.append(probe);
          const [linkText, canvas] = ["LinkText", "Canvas"].map((name) => {
            probe.style.color = name;
            return getComputedStyle(probe).color;
          });
          return { textDecorationLine, textDecorationColor, color, linkText, canvas };
        }"""
    )
    assert style["textDecorationLine"] == "underline"
    assert style["color"] == style["linkText"] != style["canvas"]
    assert style["textDecorationColor"] not in (style["canvas"], "rgba(0, 0, 0, 0)")
    heading = page.locator("h1")
    assert heading.evaluate("one => getComputedStyle(one).color") != style["canvas"]
    link.click()
    expect(card(page)).to_be_visible()
    assert card(page).evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)") >= 1
    outline = link.evaluate("one => getComputedStyle(one).outlineStyle")
    assert outline == "solid"


def test_in_forced_colours_the_bars_of_the_score_are_visible(new_page):
    page = new_page(forced_colors="active")
    page.goto(ESSAY)
    bar, field = page.evaluate(
        """() => [
          getComputedStyle(document.querySelector(".score td a"), "::before").backgroundColor,
          getComputedStyle(document.querySelector(".title-field")).backgroundColor,
        ]"""
    )
    assert bar not in (field, "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("motion, moves", [("reduce", False), ("no-preference", True)])
def test_with_reduced_motion_nothing_is_animated(new_page, motion, moves):
    page = new_page(reduced_motion=motion)
    read(page)
    phrase(page, CHOICE).evaluate("link => link.click()")
    expect(card(page)).to_be_visible()
    longest = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll("*")].flatMap((one) => {
          const { transitionDuration, animationDuration } = getComputedStyle(one);
          return `${transitionDuration}, ${animationDuration}`.split(", ").map(parseFloat);
        }))"""
    )
    assert 0 <= longest <= 0.15
    assert (longest > 0) is moves
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("width", [1440, 820, 390, 320])
def test_the_largest_text_makes_no_page_scroll_sideways(new_page, watch, width):
    watch.allow("40[04]")
    page = new_page(**{**PHONE, "viewport": {"width": width, "height": 800}})
    page.add_init_script("localStorage.setItem('sv-text', 'largest')")
    wrong = {}
    read(page)
    for name, address in kinds_of_page().items():
        page.goto(address)
        if overflowing := sideways(page):
            wrong[name] = overflowing
    assert wrong == {}


def test_at_400_percent_zoom_cards_and_text_fit(new_page):
    # 1280 by 1024 at 400 %: 320 by 256 of the pixels that CSS counts.
    page = new_page(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    read(page)
    assert sideways(page) == []
    phrase(page, CHOICE).click()
    expect(card(page)).to_be_visible()
    box = card(page).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 320
    drawn_card(page).get_by_role("button", name="Close").click()
    expect(card(page)).to_be_hidden()


def test_printing_omits_veiled_text_and_navigation(page):
    page.goto(ESSAY)
    page.emulate_media(media="print")
    expect(page.locator("#opening .text")).to_be_visible()
    expect(page.get_by_text("86th Academy Awards")).to_be_visible()
    for selector in ("#excerpt .text", "#the-present .text", ".site-header nav", ".site-footer"):
        expect(page.locator(selector)).to_be_hidden()
    expect(veil(page).locator("summary")).to_be_hidden()
    page.goto(f"{ESSAY}opening/")
    expect(page.locator("#opening .text")).to_be_visible()
    for selector in ("#write", ".around"):
        expect(page.locator(selector)).to_be_hidden()


def test_printing_includes_text_behind_an_open_veil_and_its_margin(page):
    read(page)
    page.emulate_media(media="print")
    for selector in ("#excerpt .text", "#excerpt figcaption", "#how-far .text"):
        expect(page.locator(selector)).to_be_visible()
    expect(page.get_by_text("Software has no skin")).to_be_visible()
    for selector in (".site-header nav", ".site-footer", ".reading-bar", ".score"):
        expect(page.locator(selector)).to_be_hidden()


def test_printing_from_the_dark_scheme_is_dark_on_white(new_page):
    page = new_page(color_scheme="dark")
    read(page)
    choose(page, "Dark")
    page.emulate_media(media="print")
    ink = page.locator("#how-far .text").evaluate("one => getComputedStyle(one).color")
    assert ink == "rgb(38, 32, 34)"
