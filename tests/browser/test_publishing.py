"""Publishing at the desk in a browser: by mouse, by keyboard, and without script on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.browser.axe import assert_accessible
from tests.browser.conftest import session_of

PHRASE = ".text a.gloss"


def set_up() -> str:
    return session_of(cast.editor())


@pytest.fixture(scope="module")
def desk(own_site):
    """A site of its own: its address and Elsa's session."""
    with own_site(set_up) as (url, session):
        yield url, session


@pytest.fixture
def open_as(desk, new_page, watch):
    """Opens a page of that site in a profile of its own, signed in or not."""
    watch.origin = desk[0]
    watch.allow("404|422")

    def open_page(*, signed_in=False, **options) -> Page:
        page = new_page(**{"base_url": desk[0], **options})
        if signed_in:
            cookie = {"name": "session", "value": desk[1], "url": desk[0]}
            page.context.add_cookies([cookie])
        return page

    return open_page


def change_page(page: Page) -> None:
    page.goto("/admin/essays/essay/")
    page.get_by_role("link", name=re.compile("Not About the Future")).click()
    expect(page.get_by_role("heading", name=re.compile("^(Published|Draft)$"))).to_be_visible()


def unpublish(page: Page) -> None:
    """Make the essay a draft, which another test may have done already."""
    change_page(page)
    if page.get_by_role("link", name="Unpublish").count():
        page.get_by_role("link", name="Unpublish").press("Enter")
        page.get_by_role("button", name="Unpublish it").press("Enter")
        expect(page.get_by_role("heading", name="Draft", exact=True)).to_be_visible()


def test_by_mouse_an_essay_is_unpublished_and_shared_by_a_preview_link(open_as):
    elsa = open_as(signed_in=True)
    change_page(elsa)
    assert_accessible(elsa)
    elsa.get_by_role("link", name="Unpublish").click()
    expect(elsa.get_by_text("Readers keep their notebooks")).to_be_visible()
    assert_accessible(elsa)
    elsa.get_by_role("button", name="Unpublish it").click()
    expect(elsa.get_by_role("heading", name="Draft", exact=True)).to_be_visible()
    elsa.get_by_role("link", name="Preview link").click()
    elsa.get_by_role("button", name="Make a link").click()
    elsa.context.grant_permissions(["clipboard-read", "clipboard-write"])
    elsa.get_by_role("button", name="Copy").click()
    expect(elsa.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    link = elsa.evaluate("navigator.clipboard.readText()")
    assert link == elsa.get_by_label("Preview link").input_value()
    assert_accessible(elsa)

    friend = open_as(color_scheme="dark")
    friend.goto(link)
    expect(friend).to_have_url(re.compile("/her/$"))
    expect(friend.get_by_text("A draft, not published.")).to_be_visible()
    friend.locator(PHRASE).first.click()
    expect(friend.locator("#card")).to_be_visible()
    friend.keyboard.press("Escape")
    assert friend.locator("a[href*='/write/']").count() == 0
    friend.keyboard.press("n")
    expect(friend.locator("#status")).to_contain_text("once this draft is published")
    assert_accessible(friend)

    elsa.get_by_role("button", name="Withdraw the link").click()
    friend.reload()
    expect(friend.get_by_role("heading", name="This page is not here")).to_be_visible()


def test_by_keyboard_an_essay_is_scheduled_then_published(open_as):
    elsa = open_as(signed_in=True, color_scheme="dark")
    unpublish(elsa)
    elsa.get_by_role("link", name="Publish at a time").press("Enter")
    at = elsa.get_by_label("Publish at")
    at.fill("2001-02-03T10:30")
    at.press("Enter")
    expect(elsa.get_by_text("That time has passed.")).to_be_visible()
    expect(at).to_have_value("2001-02-03T10:30")
    assert_accessible(elsa)
    at.fill("2099-02-03T10:30")
    elsa.get_by_role("button", name="Set the time").press("Enter")
    standing = elsa.get_by_role("heading", name="To be published on 3 February 2099 at 10:30 UTC")
    expect(standing).to_be_visible()
    assert_accessible(elsa)
    elsa.get_by_role("link", name="Publish now").press("Enter")
    elsa.get_by_role("button", name="Publish it now").press("Enter")
    expect(elsa.get_by_role("heading", name="Published", exact=True)).to_be_visible()
    reader = open_as()
    reader.goto("/her/")
    expect(reader.locator(".draft-banner")).to_have_count(0)


def test_everything_works_on_a_phone_without_script(open_as):
    phone = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}
    elsa = open_as(signed_in=True, **phone)
    unpublish(elsa)
    elsa.get_by_role("link", name="Preview link").click()
    elsa.get_by_role("button", name="Make a link").click()
    expect(elsa.get_by_role("button", name="Copy")).to_be_hidden()
    link = elsa.get_by_label("Preview link").input_value()
    friend = open_as(**phone)
    friend.goto(link)
    expect(friend.get_by_text("A draft, not published.")).to_be_visible()
    friend.locator(PHRASE).first.click()
    expect(friend.get_by_text("A draft, not published.")).to_be_visible()
    change_page(elsa)
    elsa.get_by_role("link", name="Publish now").click()
    elsa.get_by_role("button", name="Publish it now").click()
    friend.goto(link)
    expect(friend.get_by_text("A draft, not published.")).to_have_count(0)
