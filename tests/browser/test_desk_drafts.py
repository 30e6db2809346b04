"""What is typed at the desk is kept on the device, and not left without a question."""

import re

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from playwright.sync_api import expect

from annotations.models import Theme
from readers.models import User
from tests import cast
from tests.browser.axe import assert_accessible
from tests.browser.conftest import DESK, PHONE, session_of

MINE = "What was typed here."
COUNT = "Object.keys(localStorage).filter((key) => key.startsWith('sv-draft-')).length"


def set_up():
    people = {"sue": cast.superuser(), "elsa": cast.editor()}
    # The site does not know the quick hasher of the tests.
    hasher = PBKDF2PasswordHasher()
    password = hasher.encode(cast.PASSWORD, hasher.salt())
    User.objects.filter(username="sue").update(password=password)
    people["sue"].refresh_from_db()
    people["mia"] = User.objects.create_superuser("mia", password=cast.PASSWORD)
    themes = [
        Theme.objects.create(name=f"Theme {n}", slug=f"theme-{n}", definition="Old.").pk
        for n in range(12)
    ]
    return themes, {name: session_of(user) for name, user in people.items()}


@pytest.fixture(scope="module")
def desk(own_site):
    with own_site(set_up) as (url, (themes, sessions)):
        yield url, iter(themes), sessions


@pytest.fixture
def theme(desk):
    """The address of a theme of its own for each test."""
    return f"/admin/annotations/theme/{next(desk[1])}/change/"


@pytest.fixture
def sign_in(desk, watch):
    url, _, sessions = desk
    watch.origin = url
    return lambda page, name: page.context.add_cookies(
        [{"name": "session", "value": sessions[name], "url": url}]
    )


@pytest.fixture
def page(desk, new_page, sign_in):
    page = new_page(**{"base_url": desk[0], **DESK})
    sign_in(page, "sue")
    return page


def definition(page):
    return page.get_by_label("Definition")


def type_words(page, address: str) -> None:
    page.goto(address)
    # The script has begun once it has noted how the form was served.
    page.wait_for_load_state("load")
    definition(page).fill(MINE)
    page.wait_for_function(
        "() => Object.keys(localStorage).some((key) => key.startsWith('sv-draft-a'))"
    )


def drafts(page) -> int:
    return page.evaluate(COUNT)


def expect_no_draft(page) -> None:
    """Wait until the script of a new page has removed what was saved, or whose author has left."""
    page.wait_for_function(f"() => {COUNT} === 0")


def leave(page, address: str = "/admin/") -> list[str]:
    """Go elsewhere; the types of the questions that the browser asked."""
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(address)
    return asked


def test_leaving_with_unsaved_words_asks_and_the_words_are_offered_again(page, theme):
    type_words(page, theme)
    definition(page).press("End")
    assert leave(page) == ["beforeunload"]
    page.goto(theme)
    expect(definition(page)).to_have_value("Old.")
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved yet: press Save")
    expect(definition(page)).to_have_value(MINE)
    assert_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    expect_no_draft(page)
    assert leave(page, theme) == []
    expect(definition(page)).to_have_value(MINE)
    expect(page.locator(".draft-offer")).to_have_count(0)


def test_the_draft_of_a_saved_form_is_removed_before_the_next_page_has_loaded(page, theme):
    type_words(page, theme)
    held = []
    page.route("**/*.svg", lambda route: held.append(route))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    expect_no_draft(page)
    assert page.evaluate("document.readyState") == "interactive"
    for route in held:
        route.continue_()


def test_a_draft_can_be_discarded(page, theme):
    type_words(page, theme)
    leave(page)
    page.goto(theme)
    assert_accessible(page)
    page.get_by_role("button", name="Discard it").click()
    assert drafts(page) == 0
    page.reload()
    expect(page.locator(".draft-offer")).to_have_count(0)


def test_nothing_typed_asks_nothing(page, theme):
    page.goto(theme)
    definition(page).click()
    assert leave(page) == []


def test_a_draft_is_not_offered_to_somebody_else(page, theme, sign_in):
    type_words(page, theme)
    leave(page)
    sign_in(page, "elsa")
    page.goto(theme)
    expect(definition(page)).to_have_value("Old.")
    expect(page.locator(".draft-offer")).to_have_count(0)
    sign_in(page, "sue")
    page.goto(theme)
    expect(page.locator(".draft-offer")).to_have_count(1)


def test_after_an_ended_session_the_words_are_in_the_form_again(page, theme, watch):
    watch.allow(r"status of 403")
    type_words(page, theme)
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("User name").fill("sue")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Back to the form").click()
    expect(definition(page)).to_have_value(MINE)
    expect(page.locator(".draft-offer")).to_have_count(0)
    assert drafts(page) == 1
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    expect_no_draft(page)


def test_signing_out_asks_and_removes_the_drafts(page, theme, sign_in):
    sign_in(page, "mia")
    type_words(page, theme)
    leave(page)
    questions = []
    page.once("dialog", lambda dialog: (questions.append(dialog.message), dialog.accept()))
    page.get_by_role("button", name="Log out").click()
    expect(page.locator("h1")).to_contain_text(re.compile("Logged out|Signed out", re.IGNORECASE))
    assert "Theme" in questions[0]
    expect_no_draft(page)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_of_a_conflict_is_accessible(desk, theme, new_page, sign_in, watch, screen):
    watch.allow(r"status of 409")
    pages = [new_page(**{"base_url": desk[0], **screen}) for _ in range(2)]
    for page, name in zip(pages, ("sue", "elsa"), strict=True):
        sign_in(page, name)
        page.goto(theme)
    for page, words in zip(pages, ("Theirs.", MINE), strict=True):
        definition(page).fill(words)
        page.get_by_role("button", name="Save", exact=True).click()
    second = pages[1]
    expect(second.get_by_role("alert")).to_contain_text("Theirs.")
    expect(definition(second)).to_have_value(MINE)
    assert_accessible(second)
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.locator(".messagelist")).to_contain_text("was changed successfully")
