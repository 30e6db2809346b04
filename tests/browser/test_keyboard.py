"""The keys: the skip link, j and k, the list of keys, and Appearance, which switches them off."""

from playwright.sync_api import expect

from tests.browser.reading_page import ESSAY, FRESH, card, drawn_card, focused, phrase, read, veil

READ_ONLY = True


def test_the_first_tab_stop_skips_to_the_essay(page):
    page.goto(ESSAY)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the essay")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator("#opening .number")).to_be_focused()


def test_other_pages_have_a_skip_link_too(page):
    page.goto("/themes/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page).evaluate("one => Boolean(one.closest('main'))")


def test_j_and_k_go_from_passage_to_passage(page):
    read(page)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    for key in ("opening", "unseen", "fresh", "the-present"):
        page.keyboard.press("j")
        expect(page.locator(f"#{key}")).to_be_focused()
        expect(page.locator(f"#{key} .text")).to_be_in_viewport()
    page.keyboard.press("k")
    expect(page.locator("#fresh")).to_be_focused()


def test_j_goes_to_the_last_passage_and_stays_there(page):
    read(page)
    page.goto(f"{ESSAY}#excerpt")
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.locator("#how-far")).to_be_focused()


def test_j_stops_at_a_closed_veil(page):
    page.goto(ESSAY)
    for _ in range(5):
        page.keyboard.press("j")
    expect(veil(page)).to_be_in_viewport(ratio=1)
    assert focused(page).evaluate("one => Boolean(one.closest('.veil'))")
    expect(page.locator("#the-present .text")).to_be_hidden()
    page.keyboard.press("k")
    expect(page.locator("#fresh")).to_be_focused()


def test_a_question_mark_lists_the_keys(page):
    page.goto(ESSAY)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Next passage")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_the_list_of_keys_is_at_the_foot_of_every_page_too(page):
    page.goto("/themes/")
    page.get_by_role("button", name="Keys").click()
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    keys.get_by_role("button", name="Close").click()
    expect(keys).to_be_hidden()


def test_esc_closes_the_topmost_layer_first(page):
    read(page)
    page.locator(".score th a", has_text="Choice").click()
    drawn_card(page).get_by_role("link", name="Follow this theme through the essay").click()
    lens = page.locator("#lens")
    phrase(page, FRESH).click()
    expect(card(page)).to_be_visible()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(lens).to_be_visible()
    page.keyboard.press("Escape")
    expect(lens).to_be_hidden()


def test_letters_typed_into_a_field_are_not_shortcuts(page):
    page.goto("/search/")
    page.get_by_role("searchbox").press_sequentially("jk?")
    expect(page.get_by_role("searchbox")).to_have_value("jk?")
    expect(page.locator("#keys")).to_be_hidden()


def test_letters_with_a_modifier_are_not_shortcuts(page):
    read(page)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.keyboard.press("Control+j")
    page.keyboard.press("Alt+j")
    page.keyboard.press("?")  # Once this key has done its work, those before it have, too.
    expect(page.locator("#keys")).to_be_visible()
    assert page.evaluate("scrollY") == 0


def test_single_letter_keys_can_be_switched_off_for_good(page):
    read(page)
    page.get_by_role("button", name="Appearance").first.click()
    page.get_by_label("Single-letter keys").uncheck()
    page.keyboard.press("Escape")
    for _ in range(2):
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        page.keyboard.press("?")
        page.keyboard.press("j")
        expect(page.locator("#keys")).to_be_hidden()
        assert page.evaluate("scrollY") == 0
        page.reload()
    page.get_by_role("button", name="Appearance").first.click()
    expect(page.get_by_label("Single-letter keys")).not_to_be_checked()
    page.get_by_label("Single-letter keys").check()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
