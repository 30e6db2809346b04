"""Back after somebody else took over the browser, with the back/forward cache on."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts import browsers
from scripts.provision import tools
from tests import cast
from tests.browser.account_steps import sign_out, sign_up
from tests.browser.conftest import DESK, session_of
from tests.browser.reading_page import read
from tests.browser.writing_steps import BODY, begin, body, own_notes, save

KEPT = "() => window.kept === true"
# Playwright switches this cache off.
SWITCHED_OFF = ["--disable-back-forward-cache"]


@pytest.fixture(scope="module")
def browser(browser_type) -> Iterator[Browser]:
    """A Chromium that keeps pages which were left, as people's browsers do."""
    browser = browser_type.launch(
        executable_path=tools()["chromium"],
        args=browsers.arguments(),
        ignore_default_args=SWITCHED_OFF,
    )
    yield browser
    browser.close()


def write(page: Page) -> None:
    read(page)
    begin(page)
    body(page).fill(BODY)
    save(page)
    expect(own_notes(page)).to_contain_text(BODY)


def keep(page: Page) -> None:
    """Mark the page that is open: only one out of the back/forward cache has the mark again."""
    page.evaluate("window.kept = true")


def go_back(page: Page) -> None:
    page.evaluate("history.back()")


def test_a_page_comes_back_as_it_was_left_while_the_same_reader_is_here(writer):
    write(writer)
    keep(writer)
    writer.goto("/notebook/")
    go_back(writer)
    writer.wait_for_function(KEPT)
    expect(own_notes(writer)).to_contain_text(BODY)
    expect(writer.locator("html")).to_have_css("opacity", "1")


def test_after_signing_out_back_shows_nothing_of_the_account(writer):
    sign_up(writer, "leaving-lea")
    write(writer)
    keep(writer)
    writer.goto("/notebook/")
    expect(writer.get_by_role("main")).to_contain_text(BODY)
    keep(writer)
    sign_out(writer)
    go_back(writer)
    writer.wait_for_url("**/accounts/**")
    go_back(writer)
    writer.wait_for_url("**/notebook/")
    expect(writer.get_by_role("main")).to_contain_text("Sign up")
    expect(writer.get_by_role("main")).not_to_contain_text(BODY)
    go_back(writer)
    writer.wait_for_url("**/her/")
    expect(writer.locator(".margin").first).to_be_attached()
    expect(own_notes(writer)).to_have_count(0)
    assert not writer.evaluate(KEPT)


def test_a_page_that_is_kept_is_hidden_until_it_is_checked(writer):
    write(writer)
    writer.evaluate("""() => addEventListener("pagehide", () => {
      sessionStorage.setItem("opacity", document.documentElement.style.opacity);
    })""")
    writer.goto("/notebook/")
    assert writer.evaluate("sessionStorage.getItem('opacity')") == "0"


def test_after_another_person_signed_in_back_shows_nothing_of_the_first(writer):
    sign_up(writer, "first-fay")
    write(writer)
    keep(writer)
    writer.goto("/themes/")
    writer.context.clear_cookies(name="session")
    sign_up(writer, "second-sue")
    writer.evaluate("history.go(-3)")
    writer.wait_for_url("**/her/")
    expect(writer.locator(".margin").first).to_be_attached()
    expect(own_notes(writer)).to_have_count(0)


def test_after_claiming_no_page_of_the_guest_comes_back(writer):
    write(writer)
    keep(writer)
    sign_up(writer, "claiming-cy")
    expect(writer.get_by_role("main")).to_contain_text(BODY)
    writer.evaluate("history.go(-2)")
    writer.wait_for_url("**/her/")
    expect(own_notes(writer)).to_contain_text(BODY)
    assert not writer.evaluate(KEPT)


def test_another_tab_shows_nothing_of_the_account_once_it_is_signed_out(writer):
    sign_up(writer, "two-tabs-tom")
    write(writer)
    other = writer.context.new_page()
    other.goto("/notebook/")
    expect(other.get_by_role("main")).to_contain_text(BODY)
    sign_out(writer)
    expect(other.get_by_role("main")).to_contain_text("Sign up")
    expect(other.get_by_role("main")).not_to_contain_text(BODY)


@pytest.fixture
def editor(own_site, new_page, watch) -> Iterator[Page]:
    """The page of an editor who is signed in at the desk."""
    with own_site(lambda: session_of(cast.editor())) as (url, session):
        watch.origin = url
        page = new_page(base_url=url)
        page.context.add_cookies([{"name": "session", "value": session, "url": url}])
        yield page


@pytest.mark.parametrize("way", ["back", "another tab"])
def test_after_signing_out_no_page_of_the_desk_comes_back(editor, way):
    editor.goto("/admin/essays/essay/")
    expect(editor.locator("#result_list")).to_be_visible()
    leaving = editor.context.new_page() if way == "another tab" else editor
    leaving.goto("/admin/annotations/theme/")
    leaving.get_by_role("button", name="Log out").click()
    expect(leaving.locator("h1")).to_contain_text("Logged out")
    if way == "back":
        editor.evaluate("history.go(-2)")
    editor.wait_for_url(re.compile("login"))
    expect(editor.locator("#result_list")).to_have_count(0)


def test_without_script_the_browser_is_told_to_drop_what_it_kept(new_writer):
    page = new_writer(java_script_enabled=False, **DESK)
    sign_up(page, "plain-pat")
    page.goto("/her/fresh/write/?choice=whole")
    page.get_by_label("Your note").fill(BODY)
    page.get_by_role("button", name=re.compile("Save")).click()
    page.goto("/notebook/")
    expect(page.get_by_role("main")).to_contain_text(BODY)
    page.goto("/accounts/logout/")
    with page.expect_response("**/accounts/logout/") as left:
        page.get_by_role("button", name="Sign out").click()
    assert left.value.header_value("clear-site-data") == '"cache"'
    page.go_back(wait_until="commit")
    page.go_back(wait_until="commit")
    expect(page).to_have_url(re.compile("/notebook/$"))
    expect(page.get_by_role("main")).to_contain_text("Sign up")
    expect(page.get_by_role("main")).not_to_contain_text(BODY)
