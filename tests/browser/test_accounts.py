"""Accounts in a browser: with and without script, on a phone, claiming a guest's notes."""

import pytest
from playwright.sync_api import expect

from tests.browser.account_steps import PASSWORD, sign_out, sign_up
from tests.browser.axe import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.reading_page import TOO_SMALL, sideways

OPEN = ["login", "signup", "deleted", "inactive"]
OWN = ["profile", "password/change", "delete", "logout"]


@pytest.fixture(scope="module")
def accounts_site(own_site):
    """The address of a site to write in, for the tests of this file: each has its own accounts."""
    with own_site() as (url, _):
        yield url


@pytest.fixture
def open_page(new_page, accounts_site, watch):
    """Opens a page of that site: `own(**options of the browser context)`."""
    watch.origin = accounts_site
    return lambda **options: new_page(**{"base_url": accounts_site, **options})


def write(page, words):
    """Save a note on a whole passage through the plain form."""
    page.goto("/her/fresh/write/")
    form = page.locator("#note-form")
    form.get_by_label("whole passage").check()
    form.locator("textarea").fill(words)
    form.get_by_role("button", name="Save").click()
    page.wait_for_url(lambda url: "/write/" not in url)


@pytest.mark.parametrize("scripted", [True, False])
def test_notes_of_a_guest_are_in_the_account_after_signing_up_and_in(open_page, scripted):
    page, name = open_page(java_script_enabled=scripted), "ida" if scripted else "ines"
    write(page, "Kept as a guest")
    sign_up(page, name)
    page.goto("/notebook/")
    expect(page.get_by_text("Kept as a guest")).to_be_visible()
    assert [cookie["name"] for cookie in page.context.cookies() if "guest" in cookie["name"]] == []
    sign_out(page)
    page.goto("/notebook/")
    expect(page.get_by_text("Kept as a guest")).to_have_count(0)
    write(page, "Kept by the next guest")
    page.goto("/accounts/login/?next=/notebook/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    for words in ("Kept as a guest", "Kept by the next guest"):
        expect(page.get_by_text(words)).to_have_count(1)


def test_the_pages_of_accounts_are_accessible_and_fit_a_phone(open_page, watch):
    watch.allow("status of 4")
    phone = open_page(**PHONE)
    wrong = {}

    def check(name):
        assert_accessible(phone)
        if problems := [*sideways(phone), *phone.evaluate(TOO_SMALL, "body")]:
            wrong[name] = problems

    for name in OPEN:
        phone.goto(f"/accounts/{name}/")
        check(name)
    sign_up(phone, "philo")
    for name in OWN:
        phone.goto(f"/accounts/{name}/")
        check(name)
        if name not in ("profile", "logout"):
            phone.locator(".account-form button").evaluate(
                "button => button.form.noValidate = true"
            )
            phone.locator(".account-form button").tap()
            expect(phone.locator(".wrong").first).to_be_visible()
            check(f"{name}, refused")
    phone.goto("/admin/")
    check("not for you")
    assert wrong == {}


def test_a_refused_form_has_its_errors_beside_the_fields(open_page):
    page = open_page()
    sign_up(page, "taken")
    sign_out(page)
    page.goto("/accounts/signup/")
    page.get_by_label("User name").fill("taken")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("The same once more").fill("short")
    page.get_by_role("button", name="Sign up").click()
    name = page.get_by_label("User name")
    expect(name).to_have_value("taken")
    expect(name).to_have_accessible_description(
        "What you sign in with. Nobody else sees it. That user name is taken. Choose another."
    )
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("aria-invalid", "true")
    assert_accessible(page)


def test_deleting_an_account_signs_out(open_page):
    page = open_page()
    sign_up(page, "dora")
    page.goto("/accounts/profile/")
    page.get_by_role("link", name="Delete your account").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Delete my account for good").click()
    expect(page.locator("h1")).to_have_text("Your account is deleted")
    page.goto("/accounts/profile/")
    expect(page.locator("h1")).to_have_text("Sign in")


def test_everything_is_downloaded_as_a_file(open_page):
    page = open_page()
    sign_up(page, "elly")
    page.goto("/accounts/profile/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything you wrote").click()
    assert download.value.suggested_filename.endswith(".json")
