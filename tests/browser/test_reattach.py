"""Re-attaching glosses at the desk in a browser, on a site of its own that the tests may change.

Django's test client cannot select words; the server side is in tests/desk/test_reattach.py.
"""

import pytest
from playwright.sync_api import Page, expect

from annotations import revising
from annotations.models import Gloss
from essays.models import Passage
from tests import cast
from tests.browser.axe import assert_accessible
from tests.browser.conftest import session_of
from tests.browser.reading_page import read


def set_up():
    elsa = cast.editor()
    opening = Passage.objects.get(key="opening")
    reworded = opening.source.replace("my interpretations of", "what I make of")
    revising.edit(opening, "🎬🎬 " + reworded)
    choice = Passage.objects.get(key="a-choice")
    revising.edit(choice, choice.source.replace("that pattern", "this pattern"), by=elsa)
    glosses = {gloss.key: gloss.pk for gloss in Gloss.objects.all()}
    return glosses, session_of(elsa)


@pytest.fixture(scope="module")
def desk(own_site):
    """A site with two edited passages: its address, its glosses' ids by key, Elsa's session."""
    with own_site(set_up) as (url, made):
        yield url, *made


@pytest.fixture
def watched(desk, watch):
    """The watch, expecting requests to the site of these tests."""
    watch.origin = desk[0]
    return watch


def open_gloss(page: Page, desk, key: str) -> str:
    """Open the page where Elsa re-attaches a gloss, and return its URL."""
    url, glosses, session = desk
    place = f"{url}/admin/annotations/gloss/{glosses[key]}/reattach/"
    page.context.add_cookies([{"name": "session", "value": session, "url": url}])
    page.goto(place)
    expect(page.locator("h1", has_text="Re-attach")).to_be_visible()
    return place


def passage(page: Page):
    return page.locator("[data-words-of]")


def select(page: Page, words: str) -> None:
    """Select words in the passage as a mouse would, and let go of the button."""
    passage(page).evaluate(
        """(text, words) => {
          const start = text.value.indexOf(words);
          text.focus();
          text.setSelectionRange(start, start + words.length);
        }""",
        words,
    )
    expect(page.get_by_label("Words", exact=True)).to_have_value(words.strip())


def submit(page: Page) -> None:
    page.locator(".choose").get_by_role("button", name="Put it on these words").click()


def test_selected_words_are_counted_in_code_points(new_page, desk, watched):
    page = new_page()
    place = open_gloss(page, desk, "oscars")
    select(page, " wonderfully layered ".rstrip())
    text = passage(page).input_value()
    start = page.locator(".choose [name=start]")
    expect(start).to_have_value(str(text.index("wonderfully layered")))
    assert text.startswith("🎬🎬")
    submit(page)
    expect(page.locator(".messagelist")).to_contain_text("“wonderfully layered”, in passage 1.")
    page.goto(place)
    expect(page.locator("q").first).to_have_text("wonderfully layered")


def test_a_gloss_is_reattached_with_the_keyboard_alone(new_page, desk, watched):
    page = new_page()
    open_gloss(page, desk, "oscars")
    passage(page).focus()
    page.keyboard.press("ControlOrMeta+Home")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    for _ in range(6):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_label("Words", exact=True)).to_have_value("I saw")
    expect(page.locator(".choose [name=start]")).to_have_value("3")
    text = passage(page).input_value()
    page.keyboard.type("x")
    page.keyboard.press("Delete")
    expect(passage(page)).to_have_value(text)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Words", exact=True)).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("“I saw”, in passage 1.")


def test_typing_over_selected_words_clears_their_offsets(new_page, desk, watched):
    page = new_page()
    open_gloss(page, desk, "oscars")
    select(page, "Oscars")
    page.get_by_label("Words", exact=True).fill("Spike Jonze")
    expect(page.locator(".choose [name=start]")).to_have_value("")
    submit(page)
    expect(page.locator(".messagelist")).to_contain_text("“Spike Jonze”, in passage 1.")


def test_without_a_script_words_are_typed_and_stay_after_a_mistake(new_page, desk, watched):
    watched.allow("422")
    page = new_page(java_script_enabled=False)
    open_gloss(page, desk, "oscars")
    page.get_by_label("Passage", exact=True).select_option("fresh")
    page.get_by_role("button", name="Show it").click()
    expect(passage(page)).to_have_value(
        "In the words of the great Frank Costanza, “I like to go in Fresh!”"
    )
    page.get_by_label("Words", exact=True).fill("Frank Constanza")
    submit(page)
    expect(page.locator(".errorlist")).to_contain_text("These words are not in the passage.")
    expect(page.get_by_label("Words", exact=True)).to_have_value("Frank Constanza")
    page.get_by_label("Words", exact=True).fill("Frank Costanza")
    submit(page)
    expect(page.locator(".messagelist")).to_contain_text("“Frank Costanza”, in passage 3.")


def test_the_desks_page_is_accessible(new_page, desk, watched):
    page = new_page()
    place = open_gloss(page, desk, "one-pattern")
    assert_accessible(page)
    watched.allow("422")
    submit(page)
    expect(page.locator(".errorlist")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(place)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_the_versions_of_a_passage_are_accessible(new_page, desk, watched):
    page = new_page()
    read(page, f"{desk[0]}/her/a-choice/versions/")
    expect(page.locator("#v2 ins")).to_be_visible()
    expect(page.locator("#v2 ins")).to_have_css("text-decoration-line", "underline")
    expect(page.locator("#v2 del")).to_have_css("text-decoration-line", "line-through")
    assert_accessible(page)


def test_a_closed_veil_hides_every_version(new_page, desk, watched):
    page = new_page()
    page.goto(f"{desk[0]}/her/a-choice/versions/#v2")
    expect(page.locator("#v2")).to_be_hidden()
    expect(page.locator(".veil .leads-to")).to_contain_text("past the spoilers")
    page.locator(".veil summary").click()
    expect(page.locator("#v2")).to_be_in_viewport()


@pytest.mark.parametrize("key", ["one-pattern", "first-choice"])
def test_a_gloss_and_its_passage_are_accessible_when_words_changed(new_page, desk, watched, key):
    url, glosses, _ = desk
    page = new_page()
    read(page, f"{url}/glosses/{glosses[key]}/")
    expect(page.locator(".since").first).to_be_visible()
    assert_accessible(page)
    read(page, f"{url}/her/a-choice/", veil="as it was")
    assert_accessible(page)
