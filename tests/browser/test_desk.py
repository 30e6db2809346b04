"""The desk's front page, and making a note a gloss: by mouse, by keyboard, without script."""

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.browser.axe import assert_accessible
from tests.browser.conftest import PHONE, session_of
from tests.written_notes import note, reader_of


def set_up():
    people, notes = {"elsa": cast.editor(), "rosa": cast.reader()}, []
    for key in ("fresh", "opening", "unseen"):
        rosa = reader_of(people["rosa"])
        notes.append(note(rosa, f"Words on {key}.", public=True, key=key).public_id)
    return notes, {name: session_of(user) for name, user in people.items()}


@pytest.fixture(scope="module")
def desk(own_site):
    """A site with three public notes: its address, their ids, the sessions of Elsa and Rosa."""
    with own_site(set_up) as (url, made):
        yield url, *made


@pytest.fixture
def open_as(desk, new_page, watch):
    """Opens a page of that site in a profile of its own, signed in as Elsa or Rosa."""
    url, _, sessions = desk
    watch.origin = url

    def open_page(name, **options):
        page = new_page(**{"base_url": url, **options})
        page.context.add_cookies([{"name": "session", "value": sessions[name], "url": url}])
        return page

    return open_page


def expect_gloss(page, words: str) -> None:
    expect(page.locator(".messagelist")).to_contain_text("The gloss is made.")
    page.goto("/her/")
    expect(page.locator(".gloss", has_text=words)).to_contain_text("a note by Rosa Reader")


def test_by_mouse_a_note_becomes_a_gloss_and_its_pages_are_accessible(desk, open_as):
    _, notes, _ = desk
    elsa, rosa = open_as("elsa"), open_as("rosa")
    elsa.goto(f"/notes/{notes[0]}/")
    elsa.get_by_role("link", name="Make a gloss of this note").click()
    expect(elsa.get_by_role("button", name="Ask Rosa Reader")).to_be_visible()
    assert_accessible(elsa)
    elsa.get_by_role("button", name="Ask Rosa Reader").click()
    expect(elsa.locator("#content-main")).to_contain_text("has not answered yet")
    rosa.goto("/notebook/")
    assert_accessible(rosa)
    rosa.get_by_role("link", name="Read what that means, and answer").first.click()
    expect(rosa.get_by_role("button", name="Yes, make a gloss of it")).to_be_visible()
    assert_accessible(rosa)
    rosa.get_by_role("button", name="Yes, make a gloss of it").click()
    expect(rosa.locator("#note-form")).to_contain_text("You said")
    elsa.goto("/admin/")
    assert_accessible(elsa)
    elsa.get_by_role("link", name="note that may become a gloss").click()
    elsa.locator("#result_list tbody a").first.click()
    expect(elsa.get_by_role("button", name="Make the gloss")).to_be_visible()
    assert_accessible(elsa)
    elsa.get_by_label("Text").fill("A gloss by mouse.")
    elsa.get_by_role("button", name="Make the gloss").click()
    expect_gloss(elsa, "A gloss by mouse.")


def test_by_keyboard_a_note_becomes_a_gloss(desk, open_as):
    _, notes, _ = desk
    elsa, rosa = open_as("elsa"), open_as("rosa")
    elsa.goto(f"/admin/annotations/promotion/add/?note={notes[1]}")
    elsa.get_by_role("button", name="Ask Rosa Reader").focus()
    elsa.keyboard.press("Enter")
    expect(elsa.locator(".messagelist")).to_contain_text("is asked in their notebook")
    rosa.goto(f"/notes/{notes[1]}/promotion/")
    rosa.get_by_role("button", name="Yes, make a gloss of it").focus()
    rosa.keyboard.press("Enter")
    expect(rosa.locator("#note-form")).to_contain_text("You said")
    elsa.reload()
    elsa.get_by_label("Text").focus()
    elsa.keyboard.press("ControlOrMeta+a")
    elsa.keyboard.type("A gloss by keys.")
    elsa.keyboard.press("Tab")
    elsa.keyboard.press("Tab")
    elsa.keyboard.press("Enter")
    expect_gloss(elsa, "A gloss by keys.")


def test_without_script_on_a_phone_a_note_becomes_a_gloss(desk, open_as):
    _, notes, _ = desk
    elsa = open_as("elsa", **PHONE, java_script_enabled=False)
    rosa = open_as("rosa", **PHONE, java_script_enabled=False)
    elsa.goto("/admin/")
    assert elsa.get_by_role("heading", name="To look at").is_visible()
    elsa.goto(f"/admin/annotations/promotion/add/?note={notes[2]}")
    elsa.get_by_role("button", name="Ask Rosa Reader").tap()
    expect(elsa.locator("#content-main")).to_contain_text("has not answered yet")
    rosa.goto(f"/notes/{notes[2]}/promotion/")
    rosa.get_by_role("button", name="Yes, make a gloss of it").tap()
    expect(rosa.locator("#note-form")).to_contain_text("You said")
    elsa.goto(elsa.url)
    elsa.get_by_label("Text").fill("A gloss without script.")
    elsa.get_by_role("button", name="Make the gloss").tap()
    expect_gloss(elsa, "A gloss without script.")
