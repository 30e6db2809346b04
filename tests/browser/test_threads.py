"""Note threads in a browser: replying, reporting, removing; controls large enough for a thumb."""

import re

from playwright.sync_api import expect

from tests.browser.account_steps import sign_up
from tests.browser.axe import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.reading_page import TOO_SMALL, drawn_card
from tests.browser.writing_steps import BODY, bar, body, open_form_page, own_notes, save, select

ANSWER = "Then what is the rooftop for?"


def test_a_reply_and_a_report_and_the_removal_of_a_note_with_replies(new_writer, watch):
    watch.allow("ERR_INTERNET_DISCONNECTED|Failed to fetch")
    rosa, marek = new_writer(), new_writer(**PHONE)
    sign_up(rosa, "threads-rosa")
    rosa.goto("/her/fresh/write/?choice=whole")
    rosa.get_by_label("Your note").fill(BODY)
    rosa.get_by_label("Anyone").check()
    rosa.get_by_role("button", name="Save, for anyone").click()
    rosa.wait_for_url(re.compile(r"/notes/\w+/"))
    sign_up(marek, "threads-marek")
    open_form_page(marek, rosa.url)
    field = marek.get_by_label("Reply to Threads-Rosa Inks")
    field.fill(ANSWER)
    marek.context.set_offline(True)
    marek.get_by_role("button", name="Reply, for anyone").tap()
    expect(marek.get_by_role("alert")).to_contain_text("Not saved: no connection")
    marek.context.set_offline(False)
    marek.reload()
    expect(field).to_have_value(ANSWER)
    assert_accessible(marek)
    assert marek.evaluate(TOO_SMALL, "main") == []
    marek.get_by_role("button", name="Reply, for anyone").dblclick()
    replies = marek.locator(".reply")
    expect(field).to_have_value("")
    expect(replies).to_have_count(1)
    expect(replies).to_contain_text(ANSWER)
    assert marek.evaluate(TOO_SMALL, "main") == []
    marek.get_by_role("link", name="Report").tap()
    marek.get_by_label("It gives the film away").check()
    marek.get_by_role("main").get_by_role("button").tap()
    expect(marek.get_by_role("main")).to_contain_text("Reported")
    rosa.get_by_role("main").get_by_role("link", name="Delete", exact=True).click()
    rosa.get_by_role("button", name="Delete", exact=True).click()
    expect(rosa.get_by_role("button", name="Undo")).to_be_visible()
    marek.reload()
    expect(marek.get_by_role("main")).to_contain_text("Removed by its author.")
    expect(replies).to_have_count(1)
    expect(replies).to_contain_text(ANSWER)
    expect(marek.get_by_role("main")).not_to_contain_text(BODY)


def test_every_control_of_writing_is_large_enough_to_tap(new_writer):
    phone = new_writer(**PHONE)
    phone.goto("/her/")
    small = {}
    select(phone, "fresh", "like to go in Fresh!")
    expect(bar(phone)).to_be_visible()
    small["bar"] = phone.evaluate(TOO_SMALL, ".select-bar")
    bar(phone).get_by_role("button", name="Note", exact=True).tap()
    body(phone).fill(BODY)
    small["form"] = phone.evaluate(TOO_SMALL, "#writing")
    save(phone)
    expect(own_notes(phone)).to_be_visible()
    small["margin"] = phone.evaluate(TOO_SMALL, ".margin:has(.mine)")
    own_notes(phone).locator("time").tap()
    drawn_card(phone).get_by_role("link", name="Open as a page").tap()
    expect(phone).to_have_url(re.compile("/notes/"))
    assert_accessible(phone)
    small["thread"] = phone.evaluate(TOO_SMALL, "main")
    phone.get_by_role("main").get_by_role("link", name="Delete").tap()
    expect(phone.get_by_role("button", name="Delete")).to_be_visible()
    small["delete"] = phone.evaluate(TOO_SMALL, "main")
    assert {name: found for name, found in small.items() if found} == {}
