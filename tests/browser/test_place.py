"""The reader's place: remembered on the device, reached by links to passages and the contents."""

import re

from playwright.sync_api import expect

from tests.browser.reading_page import CHOICE, ESSAY, card, focused, phrase, read, veil

READ_ONLY = True


def read_as_far_as(page, key: str) -> None:
    read(page)
    page.evaluate(
        "key => document.getElementById(key).scrollIntoView({ behavior: 'instant' })", key
    )
    page.wait_for_function("() => localStorage.getItem('sv-place-her')")
    page.goto("/")


def offer(page):
    return page.locator(".toast")


def test_the_reading_place_is_offered_on_the_next_visit(page):
    read_as_far_as(page, "baseline")
    page.goto(ESSAY)
    expect(offer(page)).to_contain_text("You were at passage 8.")
    assert page.evaluate("scrollY") == 0
    offer(page).get_by_role("link", name="Go there").click()
    expect(page.locator("#baseline")).to_be_in_viewport()
    expect(offer(page)).to_have_count(0)


def test_the_offer_can_be_dismissed(page):
    read_as_far_as(page, "baseline")
    page.goto(ESSAY)
    offer(page).get_by_role("button", name="Dismiss").click()
    expect(offer(page)).to_have_count(0)
    assert page.evaluate("scrollY") == 0


def test_the_offer_goes_when_the_reader_reads_on(page):
    read_as_far_as(page, "baseline")
    page.goto(ESSAY)
    expect(offer(page)).to_be_visible()
    page.mouse.wheel(0, 1400)
    expect(offer(page)).to_have_count(0)


def test_there_is_no_offer_on_the_first_visit_or_after_following_a_link(page):
    page.goto(ESSAY)
    expect(offer(page)).to_have_count(0)
    read_as_far_as(page, "baseline")
    page.goto(f"{ESSAY}#fresh")
    expect(page.locator("#fresh")).to_be_in_viewport()
    expect(offer(page)).to_have_count(0)


def test_there_is_no_offer_after_going_back_to_the_beginning(page):
    read_as_far_as(page, "baseline")
    page.goto(ESSAY)
    page.mouse.wheel(0, page.locator("#opening").bounding_box()["y"] - 200)
    page.wait_for_function("() => !localStorage.getItem('sv-place-her')")
    page.goto("/")
    page.goto(ESSAY)
    expect(offer(page)).to_have_count(0)


def test_a_place_behind_a_veil_that_has_closed_stops_at_the_veil(page):
    read_as_far_as(page, "excerpt")
    page.evaluate("sessionStorage.clear()")
    page.goto(ESSAY)
    offer(page).get_by_role("link", name="Go there").click()
    expect(veil(page)).to_contain_text("to passage 14, past the spoilers")
    expect(page.locator("#excerpt .text")).to_be_hidden()


def test_the_number_of_a_passage_copies_its_link(page, site):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    read(page)
    page.locator("#baseline .number").click()
    expect(page.get_by_text("Link to passage 8 copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}{ESSAY}#baseline"
    expect(page).to_have_url(f"{site}{ESSAY}#baseline")


def test_without_clipboard_access_the_link_is_in_the_address_bar(page):
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no'))"
    )
    read(page)
    page.locator("#baseline .number").click()
    expect(page.get_by_text("The address of passage 8 stands in the address bar.")).to_be_visible()
    expect(page).to_have_url(re.compile("#baseline$"))


def test_a_link_to_a_passage_goes_to_it(page):
    read(page)
    for key in ("how-far", "a-story", "opening"):
        page.goto(f"{ESSAY}#{key}")
        expect(page.locator(f"#{key} .text")).to_be_in_viewport()


def test_the_address_with_a_number_redirects_to_the_passage(page):
    page.goto("/her/8/")
    expect(page).to_have_url(re.compile("/her/baseline/$"))
    page.get_by_role("link", name="Read it in the essay").click()
    page.wait_for_url(re.compile("/her/#baseline$"))


def test_the_page_works_without_local_storage(page):
    page.add_init_script(
        """for (const store of ["localStorage", "sessionStorage"]) {
          Object.defineProperty(window, store, { get() { throw new DOMException("Refused.") } });
        }"""
    )
    page.goto(ESSAY)
    page.get_by_role("button", name="I’ve seen Her").first.click()
    expect(page.locator("#excerpt .text")).to_be_visible()
    page.get_by_role("button", name="Appearance").first.click()
    page.get_by_label("Dark").check()
    page.keyboard.press("Escape")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    phrase(page, CHOICE).click()
    expect(card(page)).to_contain_text("To live as instructed")


def test_the_contents_go_to_a_passage(page):
    read(page)
    page.get_by_role("button", name="Contents").first.click()
    contents = page.locator("#contents")
    contents.get_by_role("link", name="When Samantha starts to grow").click()
    expect(page.locator("#premise")).to_be_in_viewport()
    expect(contents).to_be_hidden()


def test_the_contents_close_with_esc_and_return_focus(page):
    page.goto(ESSAY)
    button = page.get_by_role("button", name="Contents").first
    button.click()
    page.keyboard.press("Escape")
    expect(page.locator("#contents")).to_be_hidden()
    expect(button).to_be_focused()


def test_the_bar_appears_after_scrolling_past_the_title(page):
    read(page)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    bar = page.locator(".reading-bar")
    expect(bar).to_be_hidden()
    page.mouse.wheel(0, 2500)
    expect(bar).to_be_visible()
    bar.get_by_role("button", name="Contents").click()
    page.locator("#contents").get_by_role("link", name="In the words of").click()
    expect(page.locator("#fresh")).to_be_in_viewport()
    page.mouse.wheel(0, -5000)
    expect(bar).to_be_hidden()


def test_the_bar_never_covers_the_focused_element(page):
    read(page)
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    expect(page.locator(".reading-bar")).to_be_visible()
    page.locator("#how-far .text a").first.focus()
    covered = []
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        stop = focused(page)
        if not stop.evaluate("one => Boolean(one.closest('.passages'))"):
            break
        top, name = stop.evaluate("one => [one.getBoundingClientRect().top, one.textContent]")
        bar = page.locator(".reading-bar").evaluate("one => one.getBoundingClientRect().bottom")
        if top < bar:
            covered.append((name, top, bar))
    assert covered == []


def test_on_a_low_screen_there_is_no_bar(new_page):
    page = new_page(viewport={"width": 900, "height": 500})
    read(page)
    page.mouse.wheel(0, 2500)
    page.wait_for_function("() => scrollY > 1500")
    expect(page.locator(".reading-bar")).to_be_hidden()
