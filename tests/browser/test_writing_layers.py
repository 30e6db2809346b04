"""The layers of notes beside and in the text: Editors, Mine, Everyone."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading_page import ESSAY, THESIS, phrase, read
from tests.browser.writing_steps import BODY, PAIN, begin, body, own_notes, save


def layer(page, name):
    return page.locator(".title-field").get_by_label(name, exact=True)


def test_on_a_first_visit_the_layers_editors_and_mine_are_on(writer):
    writer.goto(ESSAY)
    expect(layer(writer, "Editors")).to_be_checked()
    expect(layer(writer, "Mine")).to_be_checked()
    expect(layer(writer, "Everyone")).not_to_be_checked()


@pytest.mark.parametrize("script", [True, False])
def test_all_layers_can_be_turned_off_with_and_without_script(new_writer, script):
    page = new_writer(java_script_enabled=script)
    page.goto(ESSAY)
    link = page.locator(".text a.gloss").first
    line = "link => getComputedStyle(link).textDecorationColor"
    colour_before = link.evaluate(line)
    layer(page, "Editors").uncheck()
    layer(page, "Mine").uncheck()
    expect(page.locator(".margin .gloss:visible")).to_have_count(0)
    expect(page.locator(".margin summary:visible")).to_have_count(0)
    assert link.evaluate(line) == "rgba(0, 0, 0, 0)" != colour_before
    expect(link).to_be_visible()


def test_layers_are_restored_after_a_reload(writer):
    writer.goto(ESSAY)
    layer(writer, "Editors").uncheck()
    layer(writer, "Everyone").check()
    writer.reload(wait_until="commit")
    expect(layer(writer, "Editors")).not_to_be_checked()
    expect(layer(writer, "Everyone")).to_be_checked()
    expect(writer.locator(".reading-bar").get_by_label("Editors")).not_to_be_checked()


def test_links_of_a_layer_that_is_off_cannot_be_focused_with_tab(writer):
    read(writer)
    layer(writer, "Editors").uncheck()
    expect(phrase(writer, THESIS)).to_have_attribute("tabindex", "-1")
    layer(writer, "Editors").check()
    expect(phrase(writer, THESIS)).not_to_have_attribute("tabindex", "-1")


def test_saving_into_a_layer_that_is_off_turns_it_on(writer):
    read(writer)
    layer(writer, "Mine").uncheck()
    begin(writer, "experience", PAIN)
    body(writer).fill(BODY)
    save(writer)
    expect(own_notes(writer)).to_be_visible()
    expect(layer(writer, "Mine")).to_be_checked()


def test_overlapping_notes_open_a_list(writer):
    read(writer)
    for number in (1, 2):
        begin(writer, "baseline", "peers, institutions")
        body(writer).fill(f"Note {number}.")
        save(writer)
        expect(own_notes(writer)).to_have_count(number)
    writer.locator("#baseline a.note", has_text="institutions").click()
    card = writer.locator("#card")
    expect(card).to_contain_text("2 notes on “peers, institutions”")
    expect(card.locator(".overlap li")).to_have_count(2)
