"""Importing a text in a browser: changing its passages in place, and by plain forms without script.

The server side is in tests/desk/test_importing.py.
"""

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.browser.axe import assert_accessible
from tests.browser.conftest import session_of
from tests.importing_pages import ESSAY

ADD = "/admin/essays/essay/add/"


def set_up() -> str:
    return session_of(cast.editor())


@pytest.fixture(scope="module")
def desk(own_site):
    """A site that these tests may write to: its address, and Elsa's session."""
    with own_site(set_up) as (url, session):
        yield url, session


def paste(page: Page, desk, watch, text: str = ESSAY) -> Page:
    """Paste a text as Elsa and preview its passages."""
    url, session = desk
    watch.origin = url
    page.context.add_cookies([{"name": "session", "value": session, "url": url}])
    page.goto(url + ADD)
    page.get_by_label("The text").fill(text)
    page.get_by_role("button", name="See how it is cut").click()
    expect(page.locator("#cut")).to_be_visible()
    return page


def rows(page: Page):
    return page.locator(".passage-row")


def count(page: Page):
    return page.locator("[data-count]")


def test_passages_are_merged_and_split_in_place_and_saved(page, desk, watch):
    paste(page, desk, watch)
    expect(count(page)).to_have_text("5 passages, 2 glosses from footnotes")
    page.get_by_role("button", name="Merge passage 2 with the next").click()
    expect(rows(page)).to_have_count(4)
    expect(count(page)).to_have_text("4 passages, 2 glosses from footnotes")
    expect(page.locator("#cut-1 .reading-text")).to_have_text(
        "She says: There is no such thing as a still sea."
    )
    expect(page.locator("#cut-1")).to_be_focused()
    page.locator("#edit-1").click()
    words = page.get_by_label("Words of passage 2")
    words.evaluate("(field) => field.setSelectionRange(9, 10)")
    page.locator("#cut-1").get_by_role("button", name="Split at the cursor").click()
    expect(rows(page)).to_have_count(5)
    expect(page.locator("#cut-2 .reading-text")).to_have_text(
        "There is no such thing as a still sea."
    )
    page.get_by_label("Kind of passage 3").focus()
    page.get_by_label("Kind of passage 3").select_option("film-line")
    expect(page.locator("#cut-2.film-line")).to_be_visible()
    expect(page.get_by_label("Kind of passage 3")).to_be_focused()
    expect(page.get_by_label("the sentence on the veil")).to_be_hidden()
    page.get_by_label("Veil after it (passage 4)").check()
    expect(page.get_by_label("the sentence on the veil")).to_be_visible()
    page.get_by_label("Title").nth(1).fill("The Lamp (1999)")
    page.get_by_label("Address").fill("by-mouse")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator(".messagelist")).to_contain_text(
        "is a draft of 5 passages, 2 glosses from footnotes."
    )


def test_open_questions_are_answered_with_the_keyboard_alone(page, desk, watch):
    paste(page, desk, watch, ESSAY.replace("![A lamp]", "![]"))
    expect(count(page)).to_have_text("5 passages, 2 glosses from footnotes · 1 to settle")
    page.get_by_label("What the picture shows").focus()
    page.keyboard.type("A lamp")
    page.keyboard.press("Tab")
    expect(count(page)).to_have_text("5 passages, 2 glosses from footnotes")
    expect(page.get_by_role("img", name="A lamp")).to_be_visible()
    page.locator("#merge-0").focus()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(4)
    page.locator("#edit-0").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+Home")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(rows(page)).to_have_count(5)
    expect(page.locator("#cut-0 .reading-text")).to_have_text("The")
    page.get_by_label("Address").fill("by-keyboard")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Bring a text in")
    page.get_by_role("button", name="Save the draft").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("is a draft of 5 passages")


def test_everything_works_without_a_script(no_js, desk, watch):
    watch.allow("422")
    paste(no_js, desk, watch)
    no_js.get_by_role("button", name="Merge passage 2 with the next").click()
    expect(rows(no_js)).to_have_count(4)
    no_js.locator("#edit-1").click()
    expect(no_js.locator("[data-split]").nth(1)).to_be_hidden()
    no_js.get_by_label("Words of passage 2").fill("She says:\n\nNo such thing.")
    no_js.locator("#cut-1").get_by_role("button", name="Cut again").click()
    expect(no_js.locator("#cut-2 .reading-text")).to_have_text("No such thing.")
    no_js.get_by_label("Title").first.fill(" ")
    no_js.get_by_label("Authors").fill("Ana")
    no_js.get_by_role("button", name="Save the draft").click()
    expect(no_js.locator(".errorlist").first).to_have_text("An essay needs a title. Give it one.")
    expect(no_js.get_by_label("Authors")).to_have_value("Ana")
    no_js.get_by_label("Title").first.fill("By plain forms")
    no_js.get_by_label("Address").fill("by-plain-forms")
    no_js.get_by_role("button", name="Save the draft").click()
    expect(no_js.locator(".messagelist")).to_contain_text("is a draft of 5 passages")


def test_the_pages_are_accessible_and_fit_a_phone(new_page, desk, watch):
    page = new_page()
    wrong = ESSAY.replace("![A lamp]", "![]").replace("[^end]\n", "\n")
    paste(page, desk, watch, wrong)
    expect(count(page)).to_contain_text("2 to settle")
    page.get_by_label("Veil after it (passage 2)").check()
    page.locator("#edit-2").click()
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert_accessible(page)
    page.get_by_role("button", name="Back to the text").click()
    expect(page.get_by_label("The text")).to_contain_text("There is no such thing as a still sea.")
    assert_accessible(page)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
