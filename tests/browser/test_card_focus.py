"""Cards and focus: Enter, Tab, Esc, the card within a card and the way back."""

from playwright.sync_api import expect

from tests.browser.reading_page import THESIS, card, drawn_card, focused, phrase, read, rest_on

READ_ONLY = True


def test_esc_closes_the_card_and_returns_focus_to_the_phrase(page):
    read(page)
    link = phrase(page, THESIS)
    link.click()
    expect(card(page)).to_be_visible()
    expect(link).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(link).to_be_focused()
    expect(link).not_to_have_attribute("aria-expanded", "true")


def test_the_close_button_returns_focus_to_the_phrase(page):
    read(page)
    phrase(page, THESIS).click()
    drawn_card(page).get_by_role("button", name="Close").click()
    expect(card(page)).to_be_hidden()
    expect(phrase(page, THESIS)).to_be_focused()


def test_esc_closes_a_card_that_was_opened_by_hovering(page):
    read(page)
    rest_on(page, phrase(page, THESIS))
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()


def test_enter_opens_the_card_tab_enters_it_and_shift_tab_leaves_it(page):
    read(page)
    link = phrase(page, THESIS)
    link.focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(card(page).locator(":focus")).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    expect(link).to_be_focused()


def test_tab_past_the_end_of_a_card_goes_on_after_the_phrase(page):
    read(page)
    link = phrase(page, THESIS)
    following = link.evaluate(
        """link => {
          const all = [...document.querySelectorAll("main :is(a[href], button, summary)")];
          const next = all[all.indexOf(link) + 1];
          return next.textContent;
        }"""
    )
    link.focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_be_visible()
    page.keyboard.press("Tab")
    for _ in range(30):
        if not card(page).locator(":focus").count():
            break
        page.keyboard.press("Tab")
    assert focused(page).text_content() == following


def test_a_nested_card_has_a_back_button(page):
    read(page)
    phrase(page, THESIS).click()
    expect(card(page).get_by_role("button", name="Back")).to_be_hidden()
    drawn_card(page).get_by_role("link", name="The present", exact=True).click()
    expect(card(page).locator("#card-title")).to_have_text("The present")
    drawn_card(page).get_by_role("button", name="Back").click()
    expect(card(page)).to_contain_text("The claim that the rest of the essay sets out to show.")
    expect(card(page).get_by_role("button", name="Back")).to_be_hidden()
    expect(card(page).locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(phrase(page, THESIS)).to_be_focused()


def test_a_link_in_a_nested_card_opens_the_page(page):
    read(page)
    phrase(page, "the late philosopher Alan Watts").click()
    drawn_card(page).locator("figcaption a").click()
    expect(card(page).locator("#card-title")).to_have_text("Alan Watts")
    drawn_card(page).locator("figcaption a").click()
    page.wait_for_url("**/works/the-book/")
    expect(page.locator("h1")).to_contain_text("The Book")


def test_the_title_in_a_card_leads_to_its_page(page):
    read(page)
    page.locator(".kicker a[data-card]").click()
    expect(card(page)).to_contain_text("written and directed by Spike Jonze")
    drawn_card(page).locator("#card-title a").click()
    page.wait_for_url("**/works/her/")
