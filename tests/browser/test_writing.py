"""Selecting words and writing on them in place: by mouse, touch and keys, in any script."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.reading_page import (
    ESSAY,
    FRESH,
    THESIS,
    TOO_SMALL,
    card,
    drawn_card,
    focused,
    phrase,
    read,
    sideways,
)
from tests.browser.writing_steps import (
    BODY,
    PAIN,
    PRESENT,
    bar,
    begin,
    body,
    drag,
    form,
    marked,
    own_notes,
    save,
    select,
    status,
)


def test_selecting_words_with_the_mouse_shows_the_bar_and_a_note_is_saved(writer):
    read(writer)
    drag(writer, ("the-present", PRESENT), ("the-present", PRESENT))
    for name in ("Note", "Highlight", "Copy link"):
        expect(bar(writer).get_by_role("button", name=name, exact=True)).to_be_in_viewport()
    bar(writer).get_by_role("button", name="Note", exact=True).click()
    expect(form(writer)).to_contain_text("On “what the movie")
    body(writer).fill(BODY)
    save(writer)
    expect(own_notes(writer)).to_contain_text(BODY)
    expect(own_notes(writer)).to_be_focused()
    expect(status(writer)).to_have_text("Saved, for you only.")
    expect(form(writer)).to_have_count(0)
    assert marked(writer, "the-present") == PRESENT
    writer.reload()
    expect(own_notes(writer)).to_contain_text(BODY)


def test_the_bar_stays_where_it_is_while_a_button_of_it_is_pressed(writer):
    writer.clock.install()
    read(writer)
    select(writer, "the-present", PRESENT)
    writer.clock.run_for(1000)
    bar(writer).get_by_role("button", name="Note", exact=True).hover()
    writer.mouse.down()
    writer.evaluate("dispatchEvent(new Event('resize'))")
    writer.clock.run_for(1000)
    writer.mouse.up()
    expect(form(writer)).to_contain_text("On “what the movie")


def test_words_that_were_selected_before_the_scripts_came_have_a_bar(writer):
    held = []
    writer.route("**/main*.js", lambda route: held.append(route))
    writer.goto(ESSAY, wait_until="commit")
    writer.wait_for_selector("#fresh [data-text]")
    select(writer, "fresh", FRESH)
    held[0].continue_()
    expect(bar(writer).get_by_role("button", name="Note", exact=True)).to_be_visible()


def test_a_bar_that_is_shown_again_keeps_the_focus(writer):
    writer.clock.install()
    read(writer)
    select(writer, "the-present", PRESENT)
    writer.clock.run_for(1000)
    note = bar(writer).get_by_role("button", name="Note", exact=True)
    note.focus()
    writer.evaluate("dispatchEvent(new Event('resize'))")
    writer.clock.run_for(1000)
    expect(note).to_be_focused()


def test_the_form_is_beside_its_words_and_twenty_rem_wide(writer):
    read(writer)
    begin(writer, "experience", PAIN)
    box = writer.locator("#writing").bounding_box()
    assert box["width"] == 320
    line = writer.evaluate("[...CSS.highlights.get('writing')][0].getClientRects()[0].top")
    assert box["y"] == pytest.approx(line, abs=3)
    assert writer.evaluate("[...CSS.highlights.get('writing')][0].toString()") == PAIN


def test_a_selection_across_inline_marks_is_one_quotation(writer):
    read(writer)
    words = "vehicles for what the movie is really about: the present. Samantha"
    begin(writer, "the-present", words)
    body(writer).fill(BODY)
    writer.keyboard.press("Control+Enter")
    expect(own_notes(writer)).to_contain_text(BODY)
    assert marked(writer, "the-present") == words


def test_a_phrase_that_was_only_clicked_does_not_begin_a_later_selection(writer):
    read(writer)
    held = []
    writer.route("**/select-in-links*", lambda route: held.append(route))
    phrase(writer, FRESH).click()
    expect(card(writer)).to_be_visible()
    held[0].continue_()
    # The page waits for the same module, from before.
    writer.evaluate("module => import(module).then(() => true)", held[0].request.url)
    writer.keyboard.press("Escape")
    drag(writer, ("the-present", "a piece of"), ("the-present", "a piece of"))
    assert "piece" in writer.evaluate("getSelection().toString()")
    assert "Fresh" not in writer.evaluate("getSelection().toString()")


def test_a_selection_across_passages_is_cut_to_the_first_with_an_explanation(writer):
    read(writer)
    drag(writer, ("the-present", "here being our ability"), ("beginnings", "cheerful"))
    expect(bar(writer)).to_contain_text(
        "Only the words in passage 4: a note belongs to one passage"
    )
    bar(writer).get_by_role("button", name="Note", exact=True).click()
    expect(form(writer)).to_contain_text("On “here being our ability")


def test_a_highlight_is_saved_at_once_in_the_last_colour(writer):
    read(writer)
    begin(writer)
    form(writer).get_by_label("Green").check()
    body(writer).fill(BODY)
    save(writer)
    expect(own_notes(writer)).to_have_count(1)
    select(writer, "experience", PAIN)
    bar(writer).get_by_role("button", name="Highlight").click()
    expect(status(writer)).to_have_text("Highlighted.")
    expect(writer.locator("#experience mark.mine").first).to_have_attribute("data-colour", "green")
    expect(form(writer)).to_have_count(0)


def test_a_copied_link_leads_to_the_words(new_writer):
    page = new_writer(permissions=["clipboard-read", "clipboard-write"])
    read(page)
    select(page, "experience", PAIN)
    bar(page).get_by_role("button", name="Copy link").click()
    expect(status(page)).to_have_text("Link to these words copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith(
        "/her/#experience:~:text=oftentimes%20pain%20%2D%20that%20brings%20you%20there."
    )


def test_the_label_of_the_button_says_who_will_see_it(writer):
    read(writer)
    begin(writer)
    expect(form(writer).get_by_role("button", name="Save, for you only")).to_be_visible()
    form(writer).get_by_label("Anyone").check()
    expect(form(writer).get_by_role("button", name="Save, for anyone")).to_be_visible()


def test_characters_are_counted_down_near_the_end_as_code_points(writer, watch):
    watch.allow("422")
    read(writer)
    begin(writer)
    count = form(writer).locator(".count")
    body(writer).fill("🎬" * 4499)
    expect(count).to_be_hidden()
    body(writer).fill("🎬" * 4990)
    expect(count).to_have_text("10 characters left")
    body(writer).fill("🎬" * 5003)
    expect(count).to_have_text("3 characters too many")
    save(writer)
    expect(form(writer).get_by_role("alert")).to_contain_text("at most 5000 fit")
    assert len(body(writer).input_value()) == 5003


def test_esc_closes_the_bar_then_the_card_then_the_form(writer):
    read(writer)
    begin(writer)
    phrase(writer, FRESH).click()
    expect(card(writer)).to_be_visible()
    select(writer, "experience", PAIN)
    expect(bar(writer)).to_be_visible()
    writer.keyboard.press("Escape")
    expect(bar(writer)).to_be_hidden()
    expect(card(writer)).to_be_visible()
    writer.keyboard.press("Escape")
    expect(card(writer)).to_be_hidden()
    expect(form(writer)).to_be_visible()
    writer.keyboard.press("Escape")
    expect(form(writer)).to_have_count(0)


def wait_for_selection(page, start: str, end: str) -> str:
    """Wait until the selection starts and ends with these words, and return it."""
    page.wait_for_function(
        """([start, end]) => {
          const words = String(getSelection());
          return words.startsWith(start) && words.endsWith(end);
        }""",
        arg=[start, end],
    )
    return page.evaluate("String(getSelection())")


def test_sentences_are_selected_and_annotated_with_the_keyboard_alone(writer):
    read(writer)
    writer.goto(f"{ESSAY}#the-present")
    writer.keyboard.press("s")
    wait_for_selection(writer, "“Her” is not", "about the future.")
    expect(status(writer)).to_contain_text("Sentence 1 of 7, passage 4")
    writer.keyboard.press("s")
    wait_for_selection(writer, "It’s not about", "relationships.")
    writer.keyboard.press("Shift+S")
    wait_for_selection(writer, "It’s not about", "in the romantic sense.")
    writer.keyboard.press("Shift+A")
    writer.keyboard.press("Shift+A")
    words = wait_for_selection(writer, "“Her” is not", "relationships.")
    writer.keyboard.press("n")
    expect(body(writer)).to_be_focused()
    writer.keyboard.type(BODY)
    writer.keyboard.press("Control+Enter")
    expect(own_notes(writer)).to_be_focused()
    assert marked(writer, "the-present") == words
    writer.keyboard.press("s")
    writer.keyboard.press("m")
    expect(status(writer)).to_have_text("Highlighted.")
    expect(own_notes(writer)).to_have_count(2)


def test_the_sentence_cursor_stops_at_a_closed_veil(writer):
    read(writer, veil="closed")
    for words in ("I saw", "It’s up", "I found", "Below", "But if", "Like any", "In the words"):
        writer.keyboard.press("s")
        writer.wait_for_function("words => String(getSelection()).startsWith(words)", arg=words)
    writer.keyboard.press("s")
    expect(writer.locator(".veil .leads-to").first).to_contain_text("to passage 4")
    assert focused(writer).evaluate("one => Boolean(one.closest('.veil'))")


def test_the_key_n_without_a_selection_is_for_the_whole_passage(writer):
    read(writer)
    writer.goto(f"{ESSAY}#baseline")
    writer.keyboard.press("n")
    expect(form(writer)).to_contain_text("On the whole passage")


def test_single_letter_keys_that_are_switched_off_do_nothing(writer):
    read(writer)
    addresses = []
    writer.on("request", lambda request: addresses.append(request.url))
    writer.evaluate("localStorage.setItem('sv-keys', 'off')")
    writer.keyboard.press("s")
    writer.keyboard.press("n")
    assert writer.evaluate("getSelection().isCollapsed")
    writer.evaluate("localStorage.removeItem('sv-keys')")
    writer.goto(f"{ESSAY}#baseline")
    writer.keyboard.press("n")
    expect(form(writer)).to_have_count(1)
    assert len([one for one in addresses if "/write/" in one]) == 1


def test_on_touch_the_bar_is_at_the_foot_and_the_form_is_a_sheet(new_writer):
    phone = new_writer(**PHONE)
    read(phone)
    select(phone, "experience", PAIN)
    expect(bar(phone)).to_be_visible()
    box = bar(phone).bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    assert phone.evaluate("getSelection().toString()") == PAIN
    assert_accessible(phone)
    bar(phone).get_by_role("button", name="Note", exact=True).tap()
    expect(body(phone)).to_be_focused()
    expect(phone.locator(".sheet-words")).to_have_text(PAIN)
    sheet = phone.locator("#writing").bounding_box()
    assert sheet["y"] + sheet["height"] == pytest.approx(844, abs=1)
    assert phone.evaluate(TOO_SMALL, "#writing") == []
    assert sideways(phone) == []
    assert_accessible(phone)
    body(phone).fill(BODY)
    form(phone).get_by_role("button", name="Save").tap()
    expect(own_notes(phone)).to_be_in_viewport()
    expect(phone.locator(".margin details[open]")).to_have_count(1)


def test_bar_and_form_are_accessible(writer):
    read(writer)
    select(writer, "experience", PAIN)
    expect(bar(writer)).to_be_visible()
    assert_accessible(writer)
    begin(writer, "experience", PAIN)
    assert_accessible(writer)


def test_a_card_offers_to_write_on_its_words(new_writer):
    phone = new_writer(**PHONE)
    read(phone)
    phrase(phone, THESIS).tap()
    drawn_card(phone).get_by_role("link", name="Write on these words").tap()
    expect(body(phone)).to_be_focused()
    expect(card(phone)).to_be_hidden()
    expect(phone.locator(".sheet-words")).to_have_text(THESIS)


def test_a_note_is_edited_deleted_and_restored_in_place(writer):
    read(writer)
    begin(writer)
    body(writer).fill(BODY)
    save(writer)
    own_notes(writer).get_by_role("link", name="Edit").click()
    expect(body(writer)).to_have_value(BODY)
    body(writer).fill("They have been through it.")
    save(writer)
    expect(own_notes(writer)).to_contain_text("They have been through it.")
    expect(own_notes(writer)).to_be_focused()
    own_notes(writer).get_by_role("link", name="Edit").click()
    form(writer).get_by_role("link", name="Delete").click()
    form(writer).get_by_role("button", name="Delete").click()
    expect(status(writer)).to_have_text("Deleted.")
    expect(own_notes(writer)).to_have_count(0)
    writer.get_by_role("button", name="Undo").click()
    expect(own_notes(writer)).to_contain_text("They have been through it.")
    assert marked(writer, "the-present") == PRESENT


def test_hovering_a_note_or_its_words_highlights_the_other(writer):
    read(writer)
    begin(writer, "experience", PAIN)
    body(writer).fill(BODY)
    save(writer)
    note = own_notes(writer)
    lit = writer.locator("#experience .lit-words")
    expect(note).to_be_focused()
    expect(lit.first).to_be_visible()
    note.evaluate("note => note.blur()")
    writer.locator("h1").hover()
    expect(lit).to_have_count(0)
    writer.locator("#experience mark.mine").last.hover()
    expect(note).to_have_class("note mine lit-gloss")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("astral", "🎬🎬 and under it, in small letters, stands the 🎞️ reel"),
        ("astral", "𝒜𝒷𝒸"),
        ("arabic", "يقول البطل كلمة"),
        ("arabic", "الشارع"),
        ("combining", "cafe\u0301 and nai\u0308ve"),
        ("combining", "👩‍👩‍👧 waits"),
    ],
)
def test_a_note_is_on_the_selected_words_in_any_script(writer, key, words):
    writer.goto("/many-scripts/")
    begin(writer, key, words)
    body(writer).fill(BODY)
    save(writer)
    expect(own_notes(writer)).to_contain_text(BODY)
    assert marked(writer, key) == words


def test_without_script_the_form_lists_the_sentences_of_a_passage(new_writer):
    page = new_writer(java_script_enabled=False)
    page.goto(ESSAY)
    page.locator("[data-margin=fresh]").get_by_role("link", name="Write").click()
    page.get_by_label("In the words of the great Frank Costanza").check()
    page.get_by_label("Your note").fill(BODY)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text(BODY)
    page.goto(ESSAY)
    expect(own_notes(page)).to_contain_text(BODY)


def test_the_form_with_sentences_opens_in_place(writer):
    read(writer)
    link = writer.locator("[data-margin=fresh]").get_by_role("link", name="Write")
    link.focus()
    writer.keyboard.press("Enter")
    form(writer).get_by_label("The whole passage").check()
    body(writer).fill(BODY)
    save(writer)
    expect(own_notes(writer)).to_contain_text(BODY)
