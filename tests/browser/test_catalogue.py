"""Works, themes and quotations at the desk: suggestions, merging by keyboard, colours."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from annotations.models import Quotation, Theme
from essays.models import Essay
from tests import cast
from tests.browser.axe import assert_accessible
from tests.browser.conftest import session_of


def set_up():
    elsa = cast.editor()
    client = Client()
    client.force_login(elsa)
    theme = Theme.objects.get(slug="choice")
    client.post(
        f"/admin/annotations/theme/{theme.pk}/change/",
        {"name": "Choice", "definition": "What we make of it.", "slug": "choice"},
    )
    differs = Quotation.objects.get(slug="costanza-on-going-in")
    Quotation.objects.filter(pk=differs.pk).update(text="I like to walk in Fresh!")
    pks = {theme.slug: theme.pk for theme in Theme.objects.all()}
    pks |= {"quotation": differs.pk, "essay": Essay.objects.get(slug="her").pk}
    return pks, session_of(elsa)


@pytest.fixture(scope="module")
def desk(own_site):
    """A site with an edited theme: its address, ids by name, Elsa's session."""
    with own_site(set_up) as (url, made):
        yield url, *made


@pytest.fixture
def watched(desk, watch):
    """The watch, expecting requests to the site of these tests."""
    watch.origin = desk[0]
    return watch


def visit(page: Page, desk, place: str) -> None:
    """Go, as Elsa, to a page of the desk; `{name}` stands for an id."""
    url, pks, session = desk
    page.context.add_cookies([{"name": "session", "value": session, "url": url}])
    page.goto(f"{url}/admin/{place.format(**{k.replace('-', '_'): v for k, v in pks.items()})}")


def test_themes_are_merged_by_keyboard_with_suggestions_while_typing(new_page, desk, watched):
    page = new_page()
    visit(page, desk, "annotations/theme/{fear_of_pain}/merge/")
    page.get_by_label("The one to keep").focus()
    page.keyboard.type("Know")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("The one to keep")).to_have_value("Knowing and living")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What happens")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Merge them").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Its addresses lead here.")
    page.goto(f"{desk[0]}/themes/fear-of-pain/")
    expect(page).to_have_url(f"{desk[0]}/themes/experience/")


def test_the_contrast_of_a_colour_is_shown_while_it_is_chosen(new_page, desk, watched):
    page = new_page()
    visit(page, desk, "essays/essay/{essay}/change/")
    field = page.locator("[data-colour-field]")
    digits, picker = field.locator("[type=text]"), field.locator("[type=color]")
    picker.evaluate(
        "(one) => { one.value = '#26364f'; one.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    expect(digits).to_have_value("#26364f")
    expect(field.locator(".colour-title").first).to_have_css("background-color", "rgb(38, 54, 79)")
    expect(field.get_by_role("status")).to_contain_text("enough.")
    digits.fill("#777777")
    expect(field.get_by_role("status")).to_contain_text("too little")
    field.get_by_role("button", name="Take #").click()
    expect(digits).to_have_value("#767676")
    expect(picker).to_have_value("#767676")
    expect(field.get_by_role("status")).to_contain_text("enough.")


def test_without_a_script_the_work_of_a_quotation_is_typed(new_page, desk, watched):
    page = new_page(java_script_enabled=False)
    visit(page, desk, "annotations/quotation/{quotation}/change/")
    page.get_by_label("Words").fill("I like to go in Fresh!")
    page.get_by_label("Work").fill("e")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist").first).to_contain_text("Several go by this.")
    expect(page.get_by_label("Words")).to_have_value("I like to go in Fresh!")
    page.get_by_label("Work").fill("Seinfeld")
    page.get_by_label("Words").fill("I like to stroll in Fresh!")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist").first).to_contain_text("The nearest that it says")


PLACES = [
    "annotations/theme/",
    "annotations/theme/{choice}/change/",
    "annotations/theme/{choice}/delete/",
    "annotations/theme/{choice}/history/",
    "annotations/theme/{choice}/history/1/",
    "annotations/quotation/{quotation}/change/",
    "essays/work/add/",
]


def test_the_pages_are_accessible_and_fit_a_phone(new_page, desk, watched):
    page = new_page()
    for place in PLACES:
        page.set_viewport_size({"width": 1440, "height": 900})
        visit(page, desk, place)
        assert_accessible(page)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, place
