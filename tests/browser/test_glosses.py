"""Making a gloss beside its text in a browser, on a site of its own that the tests may change.

Django's test client cannot select words; the server side is in tests/desk/test_glosses.py.
"""

import pytest
from playwright.sync_api import Page, expect

from annotations import revising
from annotations.models import Gloss
from essays.models import Passage
from tests import cast
from tests.browser.axe import assert_accessible
from tests.browser.conftest import PHONE, session_of


def set_up():
    elsa = cast.editor()
    opening = Passage.objects.get(key="opening")
    revising.edit(opening, "🎬🎬 " + opening.source)
    glosses = {gloss.key: gloss.pk for gloss in Gloss.objects.all()}
    return opening.pk, glosses, session_of(elsa)


@pytest.fixture(scope="module")
def desk(own_site):
    """A site: its address, the first passage's id, its glosses' ids by key, Elsa's session."""
    with own_site(set_up) as (url, made):
        yield url, *made


@pytest.fixture
def as_elsa(new_page, desk, watch):
    """Opens a page of that site in a profile where Elsa is signed in."""
    watch.origin = desk[0]

    def open_page(**options) -> Page:
        page = new_page(base_url=desk[0], **options)
        page.context.add_cookies([{"name": "session", "value": desk[3], "url": desk[0]}])
        return page

    return open_page


def text(page: Page):
    return page.locator("[data-words-to]")


def words(page: Page):
    return page.get_by_label("Words", exact=True)


def drag_over(page: Page, words: str) -> None:
    """Select words of the passage with the mouse."""
    box = text(page).evaluate(
        """(text, words) => {
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const box = range.getClientRects()[0];
            return [box.left, box.right, box.top + box.height / 2];
          }
        }""",
        words,
    )
    page.mouse.move(box[0] + 1, box[2])
    page.mouse.down()
    page.mouse.move(box[1], box[2], steps=4)
    page.mouse.up()


def link_to(page: Page, typed: str, option: str) -> None:
    """Type the target of the first link and pick it from the suggestions with the keys."""
    field = page.get_by_role("combobox", name="Leads to").first
    field.fill(typed)
    expect(page.locator("[role=option]", has_text=option).first).to_be_visible()
    field.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    while option not in (chosen.text_content() or ""):
        field.press("ArrowDown")
    field.press("Enter")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_words_selected_with_the_mouse_become_a_gloss_with_a_link(as_elsa, desk, watch):
    watch.allow("422")
    page = as_elsa()
    page.goto(f"/admin/essays/passage/{desk[1]}/change/")
    drag_over(page, "Spike Jonze")
    expect(words(page)).to_have_value("Spike Jonze")
    expect(page.locator("#words-matches")).to_contain_text("The passage says these words once.")
    page.get_by_role("button", name="Write a gloss").click()
    # Words that are typed before its scripts have begun get a preview with the next key only.
    page.wait_for_url("**/gloss/add/*")
    expect(words(page)).to_have_value("Spike Jonze")
    page.get_by_label("Gloss", exact=True).fill("He also *wrote* it.")
    expect(page.locator("#gloss-preview em")).to_have_text("wrote")
    link_to(page, "progr", "Programming and patterns")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".errorlist")).to_have_text(
        ["Say how it relates.", "Give the reason, in one sentence."]
    )
    page.get_by_label("Relation").first.select_option("context")
    page.get_by_label("Reason").first.fill("Films are programs, too.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: the gloss on “Spike Jonze”.")
    expect(page.locator(".glosses")).to_contain_text("He also wrote it.")
    expect(text(page).locator("mark", has_text="Spike Jonze")).to_be_visible()


def test_words_can_be_selected_with_the_keyboard_but_not_changed(as_elsa, desk):
    page = as_elsa()
    page.goto(f"/admin/annotations/gloss/add/?passage={desk[1]}")
    before = text(page).inner_html()
    text(page).focus()
    page.keyboard.press("ControlOrMeta+Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    expect(words(page)).to_have_value("I saw")
    expect(page.locator("#gloss-form [name=start]")).to_have_value("3")
    page.keyboard.type("x")
    page.keyboard.press("Delete")
    assert text(page).inner_html() == before
    page.get_by_label("Gloss", exact=True).fill("Seen with the keys.")
    page.get_by_label("Gloss", exact=True).press("Tab")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Saved: the gloss on “I saw”.")


def test_the_form_reports_ambiguous_and_missing_words_while_one_types(as_elsa, desk, watch):
    page = as_elsa()
    page.goto(f"/admin/annotations/gloss/add/?passage={desk[1]}")
    words(page).fill("SPIKE JONZE")
    message = page.locator("#words-matches")
    expect(message).to_contain_text("The passage says “Spike Jonze”.")
    words(page).fill("the ")
    expect(message.locator("legend")).to_contain_text("which?")
    message.get_by_role("radio").nth(1).check()
    page.get_by_label("Gloss", exact=True).fill("The second one.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: the gloss on “the”.")


def test_links_are_added_moved_and_removed(as_elsa, desk):
    page = as_elsa()
    page.goto(f"/admin/annotations/gloss/{desk[2]['oscars']}/change/")
    rows = page.locator("[data-link]:not([hidden])")
    count_before = rows.count()
    page.get_by_role("button", name="Add a link").click()
    expect(rows).to_have_count(count_before + 1)
    new = page.get_by_role("combobox", name="Leads to").last
    expect(new).to_be_focused()
    new.fill("7")
    page.locator("[role=option]", has_text="Passage 7").click()
    expect(page.get_by_label("Words of that passage").last).to_be_visible()
    page.get_by_label("Relation").last.select_option("echo")
    page.get_by_label("Reason").last.fill("It comes back.")
    page.get_by_role("button", name=f"Up: link {count_before + 1}").click()
    expect(rows.nth(count_before - 1)).to_contain_text(f"Link {count_before}")
    page.get_by_role("button", name="Save").click()
    page.goto(f"/admin/annotations/gloss/{desk[2]['oscars']}/change/")
    expect(rows.nth(count_before - 1).get_by_label("Reason")).to_have_value("It comes back.")
    page.get_by_role("button", name=f"Take away: link {count_before}").click()
    page.get_by_role("button", name="Save").click()
    page.goto(f"/admin/annotations/gloss/{desk[2]['oscars']}/change/")
    assert rows.count() == count_before


def test_a_theme_can_be_added_while_a_gloss_is_written(as_elsa, desk):
    page = as_elsa()
    page.goto(f"/admin/annotations/gloss/add/?passage={desk[1]}&words=Spike+Jonze")
    page.get_by_label("Gloss", exact=True).fill("Typed before.")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="new theme").click()
    popup = opened.value
    popup.get_by_label("Name").fill("Loneliness")
    popup.get_by_label("Definition").fill("Being alone, and minding it.")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("combobox", name="Leads to").first).to_have_value("Loneliness")
    page.get_by_label("Relation").first.select_option("echo")
    page.get_by_label("Reason").first.fill("He films it.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: the gloss on “Spike Jonze”.")
    expect(page.locator(".glosses")).to_contain_text("Typed before.")


def test_without_a_script_words_and_names_are_typed(as_elsa, desk, watch):
    watch.allow("422")
    page = as_elsa(java_script_enabled=False)
    page.goto(f"/admin/essays/passage/{desk[1]}/change/")
    words(page).fill("Best Picture")
    page.get_by_role("button", name="Write a gloss").click()
    page.get_by_label("Gloss", exact=True).fill("A prize.")
    page.get_by_label("Leads to").first.fill("programing")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".errorlist").first).to_contain_text(
        "Did you mean “Programming and patterns”?"
    )
    page.get_by_label("Leads to").first.fill("programming")
    page.get_by_label("Relation").first.select_option("source")
    page.get_by_label("Reason").first.fill("So it goes.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: the gloss on “Best Picture”.")


def test_saving_a_gloss_returns_to_the_reading_page(as_elsa, desk):
    page = as_elsa()
    page.goto("/her/")
    page.get_by_role("link", name="Edit gloss on “Best Picture at").click()
    page.get_by_label("Gloss", exact=True).fill("It was *nominated*.")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(f"{desk[0]}/her/#opening")
    expect(page.get_by_role("status")).to_contain_text("Saved: the gloss on")
    assert_accessible(page)


def test_the_pages_are_accessible_and_fit_a_phone(as_elsa, desk, watch):
    watch.allow("422")
    page = as_elsa()
    page.goto("/admin/annotations/gloss/worklist/?kind=all")
    page.get_by_role("combobox", name="Leads to").first.fill("her")
    expect(page.locator("[role=option]").first).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Gloss", exact=True).fill("")
    words(page).fill("e")
    page.get_by_role("button", name="Save and next").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    assert_accessible(page)
    phone = as_elsa(**PHONE)
    for place in ("annotations/gloss/worklist/?kind=all", f"essays/passage/{desk[1]}/change/"):
        phone.goto(f"/admin/{place}")
        assert phone.evaluate("document.scrollingElement.scrollWidth") <= 390, place
