"""Layout: nothing shifts, nothing overlaps the margins, and a first visit loads little."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.reading_page import ESSAY, read, shifts, sideways, veil, watch_shifts

TOPS = """() => [...document.querySelectorAll(".passage .text")]
  .map((one) => Math.round(one.getBoundingClientRect().top + scrollY))"""

# The average of all lines of a passage but its last.
CHARACTERS_A_LINE = """text => {
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const lines = new Map();
  while (walk.nextNode()) {
    for (let at = 0; at < walk.currentNode.length; at++) {
      range.setStart(walk.currentNode, at);
      range.setEnd(walk.currentNode, at + 1);
      const line = Math.round(range.getBoundingClientRect().bottom / 12);
      lines.set(line, (lines.get(line) ?? 0) + 1);
    }
  }
  const full = [...lines.values()].slice(0, -1);
  return full.reduce((sum, one) => sum + one, 0) / full.length;
}"""

KILOBYTE = 1000

# Chrome rates up to 0.1 as good, and shows less than 0.005 as 0. The widths of a fallback's letters
# match the font's only on average, so a word may still end a pixel elsewhere with the font.
NOTHING, LATE = 0.005, 0.02


def shift_score(page, address: str = ESSAY) -> float:
    """The sum of the scores of the layout shifts while a page loads.

    The page is first painted when the parser is through: a busy machine would else paint half of
    it, and move what stands below the other half.
    """
    watch_shifts(page)
    page.route(f"**{address}", paint_whole)
    page.goto(address)
    wait_for_fonts(page)
    lines = shifts(page)
    print(lines)
    return sum(float(one.partition(":")[0]) for one in lines)


def wait_for_fonts(page) -> None:
    """Wait for the fonts, and for the frames in which a script places the margins by them."""
    page.evaluate(
        """async () => {
          await document.fonts.ready;
          for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
        }"""
    )


def paint_whole(route) -> None:
    response = route.fetch()
    html = response.text()
    whole = html.replace("<head>", '<head><link rel="expect" href="#end" blocking="render">')
    whole = whole.replace("</body>", '<span id="end"></span></body>')
    assert whole.count('#end"') == whole.count('id="end"') == 1
    route.fulfill(response=response, body=whole)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("address", [ESSAY, "/", "/her/themes/growth/", "/her/a-story/"])
def test_nothing_shifts_while_a_page_loads(new_page, screen, address):
    page = new_page(**screen)
    assert shift_score(page, address) < NOTHING


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_hardly_anything_shifts_when_the_fonts_come_late(new_page, screen):
    page = new_page(**screen)
    painted = "() => performance.getEntriesByName('first-contentful-paint').length"
    page.route("**/*.woff2", lambda route: (page.wait_for_function(painted), route.continue_()))
    assert shift_score(page) < LATE
    assert page.evaluate("[...document.fonts].some((font) => font.status === 'loaded')")


@pytest.mark.parametrize("what", ["scheme dark", "text large", "text larger", "text largest"])
def test_nothing_shifts_while_a_page_loads_with_another_appearance(page, what):
    name, value = what.split()
    page.add_init_script(f"localStorage.setItem('sv-{name}', '{value}')")
    page.add_init_script("localStorage.setItem('sv-seen', 'her')")
    assert shift_score(page) < NOTHING
    expect(page.locator("html")).to_have_attribute(f"data-{name}", value)


@pytest.mark.parametrize("width", [1440, 1100])
def test_margins_do_not_overlap(new_page, width):
    page = new_page(viewport={"width": width, "height": 900})
    read(page)
    wait_for_fonts(page)
    boxes = [one.bounding_box() for one in page.locator(".margin > details").all()]
    assert len(boxes) == 15
    wrong = [
        (upper, lower)
        for upper, lower in zip(boxes, boxes[1:], strict=False)
        if upper["y"] + upper["height"] > lower["y"]
    ]
    assert wrong == []
    text_end = page.locator("#baseline .text").evaluate("one => one.getBoundingClientRect().right")
    assert all(box["x"] >= text_end and box["x"] + box["width"] <= width for box in boxes)


@pytest.mark.parametrize("width", [1440, 1100])
def test_margins_do_not_move_the_text(new_page, width):
    page = new_page(viewport={"width": width, "height": 900})
    read(page)
    wait_for_fonts(page)
    tops = page.evaluate(TOPS)
    page.evaluate("document.querySelectorAll('.margin details').forEach((one) => one.remove())")
    assert page.evaluate(TOPS) == tops


def test_margins_do_not_overlap_with_the_largest_text(page):
    page.add_init_script("localStorage.setItem('sv-text', 'largest')")
    read(page)
    wait_for_fonts(page)

    boxes = [one.bounding_box() for one in page.locator(".margin > details").all()]
    assert len(boxes) == 15
    for upper, lower in zip(boxes, boxes[1:], strict=False):
        assert upper["y"] + upper["height"] <= lower["y"] + 0.5


def test_the_last_margin_ends_above_the_foot_of_the_page(page):
    read(page)
    wait_for_fonts(page)
    last = page.locator(".margin > details").last.bounding_box()
    assert last["y"] + last["height"] <= page.locator(".site-footer").bounding_box()["y"]


def test_the_veil_is_in_the_column_of_the_text(page):
    page.goto(ESSAY)
    wait_for_fonts(page)
    box, text = veil(page).bounding_box(), page.locator("#fresh .text").bounding_box()
    margins = page.locator(".run:not(.veiled) .margin > details").all()
    assert any(m.bounding_box()["y"] + m.bounding_box()["height"] > box["y"] for m in margins)
    assert all(m.bounding_box()["x"] > box["x"] + box["width"] for m in margins)
    assert box["x"] == pytest.approx(page.locator("#fresh .number").bounding_box()["x"], abs=1)
    assert veil(page).locator(".veil-text").bounding_box()["x"] == pytest.approx(text["x"], abs=1)


@pytest.mark.parametrize("width", [390, 795, 820, 1100])
def test_a_single_essay_is_as_wide_as_the_shelf(new_page, width):
    page = new_page(viewport={"width": width, "height": 900})
    page.goto("/")
    shelf, card = page.locator(".shelf").bounding_box(), page.locator(".shelf li").bounding_box()
    assert card["width"] == pytest.approx(shelf["width"], abs=1)


def test_a_margin_reappears_when_the_window_grows(page):
    page.set_viewport_size({"width": 820, "height": 900})
    read(page)
    gloss = page.get_by_text("“Our”, not “her”.")
    expect(gloss).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(gloss).to_be_visible()
    page.set_viewport_size({"width": 820, "height": 900})
    expect(gloss).to_be_hidden()


def test_the_film_line_and_the_excerpt_are_figures_with_their_sources(page):
    read(page)
    for key, source in (
        ("a-story", "Samantha, in Her"),
        ("excerpt", "Alan Watts, The Book: On the Taboo Against Knowing Who You Are (1966)"),
    ):
        figure = page.locator(f"#{key} figure")
        expect(figure.locator("figcaption")).to_have_text(source)
        expect(figure.locator("blockquote")).to_have_attribute("data-text", "")
        words = figure.locator("blockquote").evaluate("one => one.textContent")
        assert source not in words


@pytest.mark.parametrize("width", [320, 640, 1023, 1100, 1440, 1920])
def test_the_reading_page_never_scrolls_sideways(new_page, width):
    page = new_page(viewport={"width": width, "height": 800})
    read(page)
    wait_for_fonts(page)
    assert sideways(page) == []


def test_lines_are_66_to_70_characters_long_at_a_desk_and_about_42_on_a_phone(new_page):
    for screen, least, most in ((DESK, 64, 72), (PHONE, 36, 46)):
        page = new_page(**screen)
        read(page)
        wait_for_fonts(page)
        length = page.locator("#baseline .text").evaluate(CHARACTERS_A_LINE)
        assert least <= length <= most, length


def weigh(page, address: str) -> dict[str, int]:
    """The bytes of compressed bodies that a first visit transfers, by URL."""
    weights = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    urls = {}

    def on_response(event):
        urls[event["requestId"]] = event["response"]["url"]

    def on_data(event):
        url = urls[event["requestId"]]
        weights[url] = weights.get(url, 0) + event["encodedDataLength"]

    session.on("Network.responseReceived", on_response)
    session.on("Network.dataReceived", on_data)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return weights


def test_a_first_visit_loads_at_most_45_kb_and_130_kb_of_fonts(page, site):
    weights = weigh(page, ESSAY)
    fonts = {url: size for url, size in weights.items() if url.endswith(".woff2")}
    kinds = (".css", ".js")
    own = {url: size for url, size in weights.items() if url.endswith((*kinds, ESSAY))}
    assert len(own) > 10 and len(fonts) >= 3
    assert all(url.startswith(site) for url in weights)
    assert sum(own.values()) <= 45 * KILOBYTE, own
    assert sum(fonts.values()) <= 130 * KILOBYTE, fonts


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_that_says_the_site_cannot_save_is_laid_out_like_others(
    new_page, own_site, watch, width
):
    watch.allow("503")
    with own_site(lambda: connection.settings_dict["NAME"]) as (url, database):
        watch.origin = url
        page = new_page(
            base_url=url, java_script_enabled=False, viewport={"width": width, "height": 844}
        )
        page.goto("/her/opening/write/?choice=whole")
        page.get_by_label("Your note").fill("Unbreakable" * 20)
        with closing(sqlite3.connect(database)) as other:
            other.execute("BEGIN IMMEDIATE")
            page.get_by_role("button", name="Save", exact=False).click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Back in a moment")
        assert page.get_by_role("heading", level=1).bounding_box()["width"] > 300
        assert sideways(page) == []
