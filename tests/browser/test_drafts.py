"""To whom unsaved words are shown: drafts belong to one person and one tab."""

import json
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scripts import browsers
from scripts.provision import tools
from tests.browser.account_steps import PASSWORD, sign_out, sign_up
from tests.browser.axe import assert_accessible
from tests.browser.reading_page import read
from tests.browser.writing_steps import (
    BODY,
    PAIN,
    begin,
    body,
    form,
    open_form_page,
    own_notes,
    save,
)

FRESH = "like to go in Fresh!"
WORDS = "Not for everybody."


def sign_in(page: Page, name: str, address: str = "/her/") -> None:
    page.goto(f"/accounts/login/?next={address}")
    fill_in(page, name)


def fill_in(page: Page, name: str) -> None:
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def end_session(page: Page) -> None:
    page.context.clear_cookies(name="session")


def begin_on_fresh(page: Page) -> None:
    begin(page, "fresh", FRESH)


def expect_no_draft(page: Page) -> None:
    """Open the form, by which time the page would have offered a draft."""
    begin_on_fresh(page)
    expect(page.locator(".toast.draft")).to_have_count(0)
    expect(body(page)).to_have_value("")


def become_guest(page: Page) -> None:
    """Save a note, which makes a guest."""
    read(page)
    begin(page)
    body(page).fill(BODY)
    save(page)
    expect(own_notes(page)).to_contain_text(BODY)


def test_signing_out_names_the_drafts_of_an_account_and_removes_them(writer):
    sign_up(writer, "drafting-dora")
    writer.goto("/her/")
    begin_on_fresh(writer)
    body(writer).fill(WORDS)
    writer.goto("/accounts/logout/")
    main = writer.get_by_role("main")
    expect(main).to_contain_text("This is not saved, and signing out removes it")
    assert_accessible(writer)
    main.get_by_role("link", name=WORDS).click()
    expect(main.get_by_label("Your note")).to_have_value(WORDS)
    sign_out(writer)
    writer.goto("/her/")
    expect_no_draft(writer)
    sign_in(writer, "drafting-dora")
    expect_no_draft(writer)


def test_a_sign_out_without_drafts_says_nothing_about_them(writer):
    sign_up(writer, "tidy-tim")
    become_guest(writer)
    writer.goto("/accounts/logout/")
    expect(writer.locator("script[src*='sign-out'], form[data-signs-out]").first).to_be_attached()
    writer.wait_for_load_state("networkidle")
    expect(writer.get_by_role("main")).not_to_contain_text("not saved")


def test_an_ended_session_keeps_drafts_for_that_account_alone(writer):
    sign_up(writer, "ended-edda")
    writer.goto("/her/")
    begin_on_fresh(writer)
    body(writer).fill(WORDS)
    end_session(writer)
    writer.goto("/her/")
    expect_no_draft(writer)
    form(writer).get_by_role("link", name="Discard").click()
    sign_up(writer, "another-anna")
    writer.goto("/her/")
    expect_no_draft(writer)
    form(writer).get_by_role("link", name="Discard").click()
    end_session(writer)
    sign_in(writer, "ended-edda")
    writer.locator(".toast.draft").get_by_role("button", name="Go on").click()
    expect(body(writer)).to_have_value(WORDS)


def test_an_account_does_not_see_what_nobody_yet_typed_in_this_tab(writer):
    read(writer)
    begin_on_fresh(writer)
    body(writer).fill(WORDS)
    sign_up(writer, "new-nora")
    writer.goto("/her/")
    expect_no_draft(writer)


def test_what_nobody_yet_typed_stays_in_its_tab(writer):
    read(writer)
    begin_on_fresh(writer)
    body(writer).fill(WORDS)
    other = writer.context.new_page()
    read(other)
    expect_no_draft(other)
    writer.reload()
    expect(body(writer)).to_have_value(WORDS)


def test_the_drafts_of_a_guest_go_along_with_the_notes_that_an_account_claims(writer):
    become_guest(writer)
    begin_on_fresh(writer)
    body(writer).fill(WORDS)
    sign_up(writer, "claiming-carl")
    writer.goto("/her/")
    writer.locator(".toast.draft").get_by_role("button", name="Go on").click()
    expect(body(writer)).to_have_value(WORDS)
    end_session(writer)
    writer.goto("/her/")
    expect_no_draft(writer)


def test_a_sign_in_from_a_form_that_leads_elsewhere_leaves_the_draft_to_nobody(writer):
    read(writer)
    begin_on_fresh(writer)
    body(writer).fill(WORDS)
    form(writer).get_by_role("link", name="Sign up or in").click()
    sign_up(writer, "stray-stan")
    open_form_page(writer, "/her/fresh/write/?choice=whole")
    writer.goto("/her/")
    expect_no_draft(writer)


@pytest.mark.parametrize("copied", [False, True], ids=["new tab", "duplicated tab"])
def test_two_tabs_keep_a_draft_each(writer, copied):
    become_guest(writer)
    begin_on_fresh(writer)
    body(writer).fill("In the first tab.")
    if copied:
        # A window opened like this begins with a copy of the tab's storage, as a duplicated one.
        with writer.context.expect_page() as opened:
            writer.evaluate("() => { window.open('/her/'); }")
        other = opened.value
        form(other).get_by_role("link", name="Discard").click()
    else:
        other = writer.context.new_page()
        read(other)
    begin_on_fresh(other)
    body(other).fill("In the second tab.")
    body(writer).press_sequentially(" And more.")
    other.reload()
    expect(body(other)).to_have_value("In the second tab.")
    writer.reload()
    expect(body(writer)).to_have_value("In the first tab. And more.")


def test_the_draft_of_a_closed_tab_is_offered_again_and_that_of_an_open_one_is_not(writer):
    become_guest(writer)
    begin_on_fresh(writer)
    body(writer).fill(WORDS)
    other = writer.context.new_page()
    read(other)
    expect_no_draft(other)
    form(other).get_by_role("link", name="Discard").click()
    writer.close(run_before_unload=False)
    other.reload()
    other.locator(".toast.draft").get_by_role("button", name="Go on").click()
    expect(body(other)).to_have_value(WORDS)


def sign_in_and_save(page: Page, name: str) -> None:
    """Follow the form's message to sign in, find the words again, and save them."""
    alert = form(page).get_by_role("alert")
    expect(alert).to_contain_text("Not saved: you are signed out. Your words are kept here.")
    expect(body(page)).to_have_value(WORDS)
    alert.get_by_role("link", name="Sign in").click()
    fill_in(page, name)
    field = page.get_by_role("main").get_by_label("Your note")
    expect(field).to_have_value(WORDS)
    field.press("Control+Enter")
    expect(page.get_by_role("main")).to_contain_text(WORDS)


def test_editing_after_the_session_ended_asks_to_sign_in_and_comes_back_with_the_words(
    writer, watch
):
    watch.allow("403")
    sign_up(writer, "editing-ed")
    read(writer)
    begin(writer, "experience", PAIN)
    body(writer).fill(BODY)
    save(writer)
    own_notes(writer).get_by_role("link", name="Edit").click()
    body(writer).fill(WORDS)
    end_session(writer)
    save(writer)
    sign_in_and_save(writer, "editing-ed")


@pytest.fixture
def without_cookies(playwright, writing_site, watch):
    """A page of a browser whose settings refuse all cookies."""
    watch.origin = writing_site
    with tempfile.TemporaryDirectory() as folder:
        settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
        (Path(folder) / "Default").mkdir()
        (Path(folder) / "Default" / "Preferences").write_text(json.dumps(settings))
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=tools()["chromium"],
            args=browsers.arguments(),
            base_url=writing_site,
            viewport={"width": 1440, "height": 900},
        )
        watch.follow(context)
        yield context.pages[0]
        context.close()


def test_a_browser_that_refuses_cookies_is_told_so(without_cookies, watch):
    watch.allow("403")
    read(without_cookies)
    begin(without_cookies)
    body(without_cookies).fill(BODY)
    save(without_cookies)
    alert = form(without_cookies).get_by_role("alert")
    expect(alert).to_contain_text("this browser keeps no cookies")
    expect(body(without_cookies)).to_have_value(BODY)


def test_a_new_note_after_the_session_ended_asks_to_sign_in_and_comes_back_with_the_words(
    writer, watch
):
    watch.allow("403")
    sign_up(writer, "beginning-bea")
    read(writer)
    begin(writer, "experience", PAIN)
    body(writer).fill(WORDS)
    end_session(writer)
    save(writer)
    sign_in_and_save(writer, "beginning-bea")
    expect(writer.get_by_role("main")).to_contain_text(PAIN)
    writer.goto("/notebook/")
    expect(writer.get_by_role("main")).to_contain_text(WORDS)
