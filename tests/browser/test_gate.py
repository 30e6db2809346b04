"""Passages and the edit gate at the desk in a browser, on a site of its own that tests may change.

The server side is in tests/desk/test_gate.py and tests/desk/test_passages.py.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from essays.models import Essay, Passage
from tests import cast
from tests.browser.axe import assert_accessible
from tests.browser.conftest import PHONE, session_of
from tests.browser.reading_page import sideways
from tests.desk_pages import note_on
from tests.written_notes import reader_of

REWRITTEN = "In the words of the grumpy Frank Costanza: nothing at all."


def set_up():
    elsa, rosa = cast.editor(), reader_of(cast.reader())
    note_on(rosa, "Who is that?", "fresh", "great Frank Costanza", public=True)
    note_on(rosa, "Fresh!", "fresh", "I like to go in Fresh!", public=True)
    note_on(rosa, "mine alone", "fresh", "I like to go in")
    passages = {passage.key: passage.pk for passage in Passage.objects.filter(essay__slug="her")}
    return Essay.objects.get(slug="her").pk, passages, session_of(elsa)


@pytest.fixture(scope="module")
def desk(own_site):
    """A site with notes on one passage: its address, the essay's id, passages' ids, a session.

    Each test that saves does so in passages of its own.
    """
    with own_site(set_up) as (url, made):
        yield url, *made


@pytest.fixture
def as_elsa(new_page, desk, watch):
    """Opens a page of the desk as Elsa: `as_elsa("change", "fresh")`, or the list without a key."""

    watch.origin = desk[0]

    def enter(place: str = "", key: str = "", **options) -> Page:
        url, essay, passages, session = desk
        page = new_page(**{"base_url": url, **options})
        page.context.add_cookies([{"name": "session", "value": session, "url": url}])
        go(page, desk, place, key)
        return page

    return enter


def go(page: Page, desk, place: str = "", key: str = "") -> None:
    _, essay, passages, _ = desk
    at = f"passage/{passages[key]}/{place}/" if key else f"essay/{essay}/passages/"
    page.goto(f"/admin/essays/{at}")


def source(page: Page) -> Locator:
    return page.get_by_label("Text", exact=True)


def preview(page: Page) -> Locator:
    return page.locator("#preview .text")


def order(page: Page) -> list[str]:
    return page.locator("#order-form .row .facts span:first-child").all_inner_texts()


def row(page: Page, key: str) -> Locator:
    return page.locator("#order-form .row", has_text=key)


def test_the_list_a_passage_and_the_gate_are_accessible_and_fit_a_phone(desk, as_elsa):
    page = as_elsa()
    assert_accessible(page)
    row(page, "fresh").locator("summary").click()
    assert_accessible(page)
    go(page, desk, "split", "premise")
    assert_accessible(page)
    go(page, desk, "history", "fresh")
    assert_accessible(page)
    go(page, desk, "change", "fresh")
    assert_accessible(page)
    source(page).fill(REWRITTEN)
    page.get_by_role("button", name="Save the change").click()
    expect(page.locator(".fate")).to_have_count(3)
    assert_accessible(page)
    phone = as_elsa(**PHONE)
    assert sideways(phone) == []
    go(phone, desk, "change", "fresh")
    assert sideways(phone) == []
    source(phone).fill(REWRITTEN)
    phone.get_by_role("button", name="Save the change").click()
    expect(phone.locator(".fate")).to_have_count(3)
    assert sideways(phone) == []


def test_a_change_is_previewed_passes_the_gate_and_is_saved(desk, as_elsa):
    page = as_elsa("change", "fresh")
    expect(preview(page).locator("a.gloss")).to_have_text("I like to go in Fresh!")
    source(page).fill("In the words of the *great* Frank Costanza, “I like to go in Fresh!”")
    expect(preview(page).locator("em")).to_have_text("great")
    expect(preview(page).locator("a.gloss")).to_have_text("I like to go in Fresh!")
    source(page).fill("![no](/picture.png)")
    expect(page.locator("#preview .errornote")).to_contain_text("A picture needs a passage")
    source(page).fill(REWRITTEN)
    expect(page.locator("#preview .gone")).to_contain_text("1 gloss would lose its words")
    expect(preview(page)).to_have_css("font-family", 'Newsreader, "Newsreader Fallback", serif')
    page.get_by_role("button", name="Save the change").click()

    expect(page.get_by_role("heading", name="Their words are gone")).to_be_visible()
    expect(page.locator(".private")).to_contain_text("0 kept, 0 moved, 0 changed, 1 lost")
    page.get_by_role("button", name="Go back and edit").click()
    expect(source(page)).to_have_value(REWRITTEN)
    page.get_by_role("button", name="Save the change").click()

    gloss = page.get_by_role("group", name="Gloss going-in-fresh")
    gloss.get_by_role("textbox", name="Words").fill("nothing at all")
    expect(gloss.get_by_role("radio", name="Other words")).to_be_checked()
    page.get_by_role("button", name="Save the change").click()
    expect(page.locator(".messagelist")).to_contain_text("1 gloss and 1 note are about other words")
    expect(preview(page).locator("a.gloss")).to_have_text("nothing at all")


def test_the_gate_works_with_the_keyboard_alone(desk, as_elsa, watch):
    page = as_elsa("change", "opening")
    watch.allow("422")
    source(page).focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(REWRITTEN)
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save the change")).to_be_focused()
    page.keyboard.press("Enter")
    gloss = page.get_by_role("group", name="Gloss pronouns")
    gloss.get_by_role("radio", checked=True).focus()
    page.keyboard.press("ArrowUp")
    expect(gloss.get_by_role("radio", name="Other words")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("winter rain")
    page.keyboard.press("Enter")
    expect(page.locator("[role=alert]")).to_contain_text("Look at what is marked below")
    words = gloss.get_by_role("textbox", name="Words")
    expect(words).to_be_focused()
    words.fill("nothing at all")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")


def test_passages_move_by_buttons_keys_and_dragging_and_keep_the_focus(desk, as_elsa):
    page = as_elsa()
    status = page.locator("[role=status].visually-hidden")
    row(page, "patterns").get_by_role("button", name="up").click()
    expect(status).to_contain_text("is passage 9 of 15 now")
    assert order(page)[8:10] == ["patterns", "experience"]
    expect(row(page, "patterns").get_by_role("button", name="up")).to_be_focused()

    row(page, "patterns").locator(".handle").focus()
    page.keyboard.press("ArrowDown")
    expect(status).to_contain_text("is passage 10 of 15 now")
    expect(row(page, "patterns").locator(".handle")).to_be_focused()
    assert order(page)[8:10] == ["experience", "patterns"]

    handle = row(page, "premise").locator(".handle")
    handle.scroll_into_view_if_needed()
    start, goal = handle.bounding_box(), row(page, "experience").bounding_box()
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, goal["y"] + goal["height"] - 5, steps=8)
    page.mouse.move(start["x"] + 10, goal["y"] + 5, steps=4)
    page.mouse.up()
    expect(status).to_contain_text("is passage 9 of 15 now")
    expect(row(page, "premise").locator(".handle")).to_be_focused()
    moved = order(page)
    assert moved[8:12] == ["premise", "experience", "patterns", "the-question"]
    page.reload()
    assert order(page) == moved


def test_a_passage_is_split_where_the_cursor_stands(desk, as_elsa):
    page = as_elsa("split", "premise")
    text = source(page)
    at = text.input_value().index("But how can she")
    text.evaluate("(text, at) => { text.focus(); text.setSelectionRange(at, at); }", at)
    text.press("Shift")
    expect(page.locator("#where")).to_contain_text("‖ But how can she stop")
    page.get_by_role("button", name="Split it").click()
    expect(page).to_have_title(re.compile("Before it is saved"))
    page.get_by_role("button", name="Split it").click()
    expect(row(page, "But how can she stop")).to_have_count(1)
    expect(page.locator("#order-form .row")).to_have_count(16)


def test_everything_works_without_a_script(desk, as_elsa):
    page = as_elsa("change", "a-choice", java_script_enabled=False)
    source(page).fill("In *other* words: nothing at all.")
    page.get_by_role("button", name="Preview").click()
    expect(preview(page).locator("em")).to_have_text("other")
    page.get_by_role("button", name="Save the change").click()
    gloss = page.get_by_role("group", name="Gloss first-choice")
    gloss.get_by_role("radio", name="Other words").check()
    gloss.get_by_role("textbox", name="Words").fill("nothing at all")
    page.get_by_role("button", name="Save the change").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    go(page, desk)
    page.get_by_label("Number of passage 6").fill("8")
    page.get_by_role("button", name="Set the order").click()
    assert order(page)[7] == "a-story"
    row(page, "a-story").get_by_role("button", name="up").click()
    assert order(page)[6] == "a-story"
