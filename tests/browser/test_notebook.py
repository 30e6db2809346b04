"""The notebook and the moderators' desk in a browser, on a site that tests may change."""

import pytest
from playwright.sync_api import Page, expect

from annotations import revising
from essays.models import Essay
from tests import cast
from tests.browser.axe import assert_accessible
from tests.browser.conftest import PHONE, session_of
from tests.browser.reading_page import TOO_SMALL, sideways
from tests.written_notes import note, reader_of


def set_up():
    her = Essay.objects.get(slug="her")
    rosa = reader_of(cast.reader())
    mona = cast.moderator()
    first = note(rosa, "A **note** on it\n\n- one\n- two", key="opening", colour="rose")
    far = note(rosa, "Past the veil", key=her.passages.get(number=10).key)
    note(rosa, "For anyone", key="opening", public=True)
    note(rosa, "Let me in", key="opening", audience="public", standing="waiting")
    lost = note(rosa, "Lost", key="opening")
    revising.attach(lost, lost.passage, 0, 10)
    places = [("opening", 0, 12), (far.passage.key, 0, 30)]
    lost.state, lost.start, lost.end = "orphaned", None, None
    lost.candidates = [
        {"passage": her.passages.get(key=key).pk, "start": start, "end": end, "score": 0.5}
        for key, start, end in places
    ]
    lost.save()
    sessions = {user.username: session_of(user) for user in (rosa.user, mona)}
    return sessions, first.public_id, far.public_id, lost.public_id


@pytest.fixture(scope="module")
def notes(own_site):
    """The site's address, the sessions of Rosa and Mona, the ids of three notes of Rosa's."""
    with own_site(set_up) as (url, made):
        yield url, *made


@pytest.fixture
def open_as(notes, new_page, watch):
    """Opens a page as somebody: `open_as("rosa", "/notebook/", **options of the browser)`."""
    url, sessions = notes[:2]
    watch.origin = url

    def open_page(name: str, address: str, **options) -> Page:
        page = new_page(**{"base_url": url, **options})
        if name:
            page.context.add_cookies([{"name": "session", "value": sessions[name], "url": url}])
        page.goto(address)
        return page

    return open_page


@pytest.mark.parametrize("name", ["rosa", ""])
def test_the_notebook_is_accessible(open_as, name):
    page = open_as(name, "/notebook/")
    assert_accessible(page)
    for summary in page.get_by_text("Read anyway").all():
        if summary.is_visible():
            summary.click()
    assert_accessible(page)


def test_on_a_phone_it_fits_and_controls_are_large_enough(open_as):
    page = open_as("rosa", "/notebook/", **PHONE)
    assert sideways(page) == []
    assert page.evaluate(TOO_SMALL, "main") == []
    selects = page.locator("select").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert min(selects) >= 44


@pytest.mark.parametrize("width", [390, 360])
def test_on_a_phone_the_head_of_the_page_is_one_line(open_as, width):
    page = open_as("", "/her/", **{**PHONE, "viewport": {"width": width, "height": 800}})
    parts = page.locator(".site-header :is(a, button)").evaluate_all(
        """all => all.map((one) => {
          const { top, bottom, right } = one.getBoundingClientRect();
          return [(top + bottom) / 2, right];
        })"""
    )
    assert len(parts) == 5
    middles = [middle for middle, _ in parts]
    assert max(middles) - min(middles) < 6
    assert max(right for _, right in parts) <= width


def test_it_can_be_searched_without_script(open_as):
    page = open_as("rosa", "/notebook/", java_script_enabled=False)
    page.get_by_label("Words to look for").fill("NOTE on")
    page.get_by_label("Colour").select_option("rose")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".notebook-entry")).to_have_count(1)
    expect(page.locator(".notebook-entry")).to_contain_text("A note on it")
    expect(page.get_by_label("Colour")).to_have_value("rose")
    page.get_by_role("link", name="Show all").click()
    expect(page.get_by_text("5 kept.")).to_be_visible()


def test_a_note_leads_to_its_place_in_the_margin(open_as, notes):
    first = notes[2]
    page = open_as("rosa", "/notebook/")
    page.locator(f"#note-{first} footer a").first.click()
    page.wait_for_url(f"**/her/#note-{first}")
    expect(page.locator(f".margin #note-{first}")).to_be_in_viewport()


def test_a_note_past_the_veil_leads_to_the_veil_and_then_to_its_place(open_as, notes):
    far = notes[3]
    page = open_as("rosa", f"/her/#note-{far}")
    expect(page.locator(f"#note-{far}")).to_be_hidden()
    expect(page.locator(".passages > .veil .leads-to")).to_be_visible()
    page.locator(".passages > .veil [data-seen]").click()
    expect(page.locator(f".margin #note-{far}")).to_be_in_viewport()


def test_a_candidate_is_accepted_with_one_click_without_script(open_as, notes):
    lost = notes[4]
    page = open_as("rosa", "/notebook/?state=orphaned", java_script_enabled=False)
    buttons = page.locator(f"#note-{lost} .candidates button")
    expect(buttons.last).to_be_hidden()
    buttons.first.click()
    page.goto("/notebook/?state=orphaned")
    expect(page.locator(".notebook-entry")).to_have_count(0)


def test_a_moderator_hides_a_note(open_as):
    page = open_as("mona", "/admin/")
    page.get_by_role("link", name="1 note waiting for approval").click()
    page.get_by_role("link", name="Note", exact=False).filter(has_text="Note ").last.click()
    expect(page.get_by_text("Let me in")).to_be_visible()
    page.go_back()
    page.locator("input[name=_selected_action]").check()
    page.locator("select[name=action]").select_option("hide")
    page.get_by_role("button", name="Run").click()
    assert_accessible(page)
    page.get_by_label("Reason").fill("It names a neighbour.")
    page.get_by_role("button", name="Hide 1 from others").click()
    expect(page.get_by_text("Hidden: 1.")).to_be_visible()
    page = open_as("rosa", "/notebook/")
    expect(page.get_by_text("It names a neighbour.")).to_be_visible()
