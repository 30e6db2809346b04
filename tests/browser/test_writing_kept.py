"""Nothing typed is lost: reloads, failed saves, two tabs, signing in."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from annotations.models import MAX_BODY_LENGTH
from tests.browser.axe import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.reading_page import read
from tests.browser.writing_steps import (
    BODY,
    PAIN,
    bar,
    begin,
    body,
    form,
    open_form_page,
    own_notes,
    save,
    select,
    status,
)

DRAFTS = "() => Object.keys(localStorage).filter(key => key.startsWith('sv-draft-')).length"


def test_a_reload_restores_the_form_with_what_was_typed(writer):
    read(writer)
    begin(writer, "experience", PAIN)
    body(writer).press_sequentially(BODY)
    form(writer).get_by_label("Rose").check()
    writer.reload()
    expect(body(writer)).to_have_value(BODY)
    expect(form(writer).get_by_label("Rose")).to_be_checked()
    save(writer)
    expect(own_notes(writer)).to_contain_text(BODY)
    assert writer.evaluate(DRAFTS) == 0


def test_a_draft_is_offered_on_the_next_visit(writer):
    read(writer)
    begin(writer, "experience", PAIN)
    body(writer).fill(BODY)
    writer.keyboard.press("Escape")
    expect(status(writer)).to_contain_text("Your words are kept here as a draft")
    writer.reload()
    expect(form(writer)).to_have_count(0)
    offer = writer.locator(".toast.draft")
    expect(offer).to_contain_text("You began to write beside passage 9.")
    assert_accessible(writer)
    offer.get_by_role("button", name="Go on").click()
    expect(body(writer)).to_have_value(BODY)
    form(writer).get_by_role("link", name="Discard").click()
    expect(form(writer)).to_have_count(0)
    assert writer.evaluate(DRAFTS) == 0


def test_a_save_while_offline_keeps_the_text_and_can_be_repeated(writer, watch):
    watch.allow("ERR_INTERNET_DISCONNECTED|Failed to fetch")
    read(writer)
    begin(writer)
    body(writer).fill(BODY)
    writer.context.set_offline(True)
    save(writer)
    alert = form(writer).get_by_role("alert")
    expect(alert).to_contain_text("Not saved: no connection. Your words are kept here.")
    expect(body(writer)).to_have_value(BODY)
    assert writer.evaluate(DRAFTS) == 1
    writer.context.set_offline(False)
    alert.get_by_role("button", name="Try again").click()
    expect(own_notes(writer)).to_contain_text(BODY)
    assert writer.evaluate(DRAFTS) == 0


def test_a_lost_response_makes_no_second_note(writer, watch):
    watch.allow("ERR_FAILED|Failed to fetch")
    read(writer)
    begin(writer)
    body(writer).fill(BODY)

    def lose(route):
        route.fetch()
        route.abort()

    writer.route("**/write/", lose, times=1)
    save(writer)
    expect(form(writer).get_by_role("alert")).to_contain_text("no connection")
    form(writer).get_by_role("button", name="Try again").click()
    expect(own_notes(writer)).to_have_count(1)
    writer.reload()
    expect(own_notes(writer)).to_have_count(1)


def test_words_changed_after_a_lost_response_are_saved_too(writer, watch):
    watch.allow("ERR_FAILED|Failed to fetch")
    read(writer)
    begin(writer)
    body(writer).fill(BODY)

    def lose(route):
        route.fetch()
        route.abort()

    writer.route("**/write/", lose, times=1)
    save(writer)
    expect(form(writer).get_by_role("alert")).to_contain_text("no connection")
    body(writer).fill("Changed before it was sent again.")
    form(writer).get_by_role("button", name="Try again").click()
    changed = own_notes(writer).filter(has_text="Changed before it was sent again.")
    expect(changed).to_have_count(1)
    expect(own_notes(writer)).to_have_count(2)


@pytest.mark.parametrize("way", ["double click", "keys"])
def test_saving_twice_makes_one_note(writer, way):
    read(writer)
    begin(writer)
    body(writer).fill(BODY)
    if way == "keys":
        for _ in range(3):
            body(writer).press("Control+Enter")
    else:
        form(writer).get_by_role("button", name="Save").dblclick()
    expect(own_notes(writer)).to_have_count(1)
    writer.reload()
    expect(own_notes(writer)).to_have_count(1)


def test_two_tabs_write_two_notes(writer):
    read(writer)
    begin(writer)
    body(writer).fill("From the first.")
    other = writer.context.new_page()
    read(other)
    begin(other, "experience", PAIN)
    body(other).fill("From the second.")
    save(other)
    expect(own_notes(other)).to_contain_text("From the second.")
    save(writer)
    expect(own_notes(writer)).to_contain_text(["From the first."])
    writer.reload()
    expect(own_notes(writer)).to_have_count(2)


def test_a_new_csrf_token_is_fetched_and_the_note_saved(writer, watch):
    watch.allow("403")
    read(writer)
    begin(writer)
    body(writer).fill(BODY)
    writer.context.clear_cookies()
    save(writer)
    expect(own_notes(writer)).to_contain_text(BODY)


@pytest.fixture
def closed_to_writing(own_site, watch) -> Iterator[str]:
    """A site that takes no note in a minute, whatever minute it is."""
    with own_site(PUBLIC_NOTES="open", NOTES_A_MINUTE_BY_ADDRESS="0") as (url, _):
        watch.origin = url
        yield url


def test_too_many_notes_in_a_minute_are_refused_and_the_text_stays(
    new_page, closed_to_writing, watch
):
    watch.allow("429")
    writer = new_page(base_url=closed_to_writing)
    read(writer)
    begin(writer)
    body(writer).fill(BODY)
    save(writer)
    expect(form(writer).get_by_role("alert")).to_contain_text("That was a lot in one minute")
    expect(body(writer)).to_have_value(BODY)
    assert writer.evaluate(DRAFTS) == 1


def test_a_refused_form_keeps_the_text(writer, watch):
    watch.allow("422")
    read(writer)
    begin(writer)
    save(writer)
    expect(form(writer).get_by_role("alert")).to_contain_text("Write a few words")
    expect(body(writer)).to_be_focused()
    body(writer).fill("x" * (MAX_BODY_LENGTH + 1))
    save(writer)
    expect(form(writer).get_by_role("alert")).to_contain_text("Shorten it")
    body(writer).fill(BODY)
    save(writer)
    expect(own_notes(writer)).to_contain_text(BODY)


def test_a_form_that_cannot_be_fetched_is_fetched_again(writer, watch):
    watch.allow("ERR_INTERNET_DISCONNECTED|Failed to fetch")
    read(writer)
    begin(writer)
    writer.keyboard.press("Escape")
    writer.context.set_offline(True)
    select(writer, "experience", PAIN)
    bar(writer).get_by_role("button", name="Note", exact=True).click()
    again = writer.locator("#writing").get_by_role("button", name="Try again")
    expect(again).to_be_focused()
    writer.context.set_offline(False)
    again.click()
    expect(body(writer)).to_be_focused()


def test_the_draft_is_there_after_signing_up(writer):
    read(writer)
    begin(writer, "experience", PAIN)
    body(writer).fill(BODY)
    form(writer).get_by_role("link", name="Sign up or in").click()
    writer.get_by_role("main").get_by_role("link", name=re.compile("sign up", re.I)).first.click()
    writer.get_by_label("User name").fill("kept-marek")
    writer.get_by_label("Pen name").fill("Marek")
    writer.get_by_label("Password", exact=True).fill("a walk along the quay")
    writer.get_by_label("The same once more").fill("a walk along the quay")
    writer.get_by_role("main").get_by_role("button", name="Sign up").click()
    field = writer.get_by_role("main").get_by_label("Your note")
    expect(field).to_have_value(BODY)
    writer.get_by_label("Anyone").check()
    field.press("Control+Enter")
    expect(writer).to_have_url(re.compile(r"/notes/\w+/"))
    expect(writer.get_by_role("main")).to_contain_text(BODY)
    assert writer.evaluate(DRAFTS) == 0


def test_the_form_on_its_own_page_keeps_the_text_while_offline(new_writer, watch):
    watch.allow("ERR_INTERNET_DISCONNECTED|Failed to fetch")
    phone = new_writer(**PHONE)
    open_form_page(phone, "/her/fresh/write/?choice=whole")
    field = phone.get_by_label("Your note")
    field.fill(BODY)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Not saved: no connection")
    phone.context.set_offline(False)
    phone.reload()
    expect(field).to_have_value(BODY)
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_role("main")).to_contain_text(BODY)


def test_the_form_on_its_own_page_survives_a_refusal_and_a_lost_csrf_token(new_writer, watch):
    watch.allow("403|422")
    phone = new_writer(**PHONE)
    open_form_page(phone, "/her/fresh/write/?choice=whole")
    field = phone.get_by_label("Your note")
    field.fill("x" * (MAX_BODY_LENGTH + 1))
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Shorten it")
    expect(field).to_be_focused()
    field.fill(BODY)
    phone.context.clear_cookies()
    phone.get_by_role("button", name="Save").tap()
    expect(phone).to_have_url(re.compile(r"/notes/\w+/"))
    expect(phone.get_by_role("main")).to_contain_text(BODY)
    assert phone.evaluate(DRAFTS) == 0
