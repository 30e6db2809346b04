"""A closed veil hides its text from sight, screen readers, keys, find-in-page and machines."""

import json
import re

import pytest
from playwright.sync_api import expect

from annotations.models import Gloss, Quotation, Theme
from essays.models import Passage, Work
from tests.browser.reading_page import ESSAY, card, kinds_of_page, read, veil
from tests.browser.spoilers import Spoilers

READ_ONLY = True
UNFOLD = """() => document.querySelectorAll("details:not([data-work])")
  .forEach((details) => { details.open = true })"""


@pytest.fixture(scope="module")
def spoilers(database) -> Spoilers:
    return Spoilers()


def accessible_text(page) -> str:
    """All texts in the accessibility tree of the page."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    texts = [node.get(part, {}).get("value", "") for node in nodes for part in ("name", "value")]
    texts += [node.get("description", {}).get("value", "") for node in nodes]
    return "\n".join(map(str, texts))


def typed_in(address: str) -> str:
    return address.partition("?q=")[2].replace("+", " ")


def all_addresses() -> list[str]:
    """The URLs of every page that could hold a spoiler, and of searches for veiled words."""
    objects = [*Gloss.objects.all(), *Quotation.objects.all(), *Work.objects.all()]
    passages = Passage.objects.filter(essay__slug="her")
    objects += [*passages, *Theme.objects.all()]
    lenses = [f"/her/themes/{theme.slug}/" for theme in Theme.objects.all()]
    words = ("story we tell ourselves", "Samantha", "leaves from a tree", "Watts", "choice")
    searches = [f"/search/?q={one.replace(' ', '+')}" for one in words]
    rest = [kinds_of_page()[name] for name in ("shelf", "reading page", "themes")]
    rest += [kinds_of_page()[name] for name in ("versions", "on the same words")]
    return [*(one.get_absolute_url() for one in objects), *lenses, *searches, *rest]


def test_the_spoilers_are_many_and_visible_behind_an_open_veil(page, spoilers):
    assert len(spoilers.runs) > 1500
    read(page)
    assert len(spoilers.given_away_by(page.inner_text("body"))) > 1500
    assert len(spoilers.given_away_by(accessible_text(page))) > 1500


def test_no_page_reveals_a_spoiler_to_eyes_or_screen_readers(page, spoilers):
    leaks = {}
    for address in all_addresses():
        page.goto(address)
        page.evaluate(UNFOLD)
        text = f"{page.inner_text('body')}\n{accessible_text(page)}"
        if given_away := spoilers.given_away_by(text, typed_in(address)):
            leaks[address] = given_away
    assert leaks == {}


def test_no_page_reveals_a_spoiler_without_script(no_js, spoilers):
    leaks = {}
    for name, address in kinds_of_page().items():
        if name in ("not found", "makes no sense"):
            continue
        no_js.goto(address)
        if given_away := spoilers.given_away_by(no_js.inner_text("body") + accessible_text(no_js)):
            leaks[name] = given_away
    assert leaks == {}


def test_no_card_reveals_a_spoiler(page, spoilers):
    page.goto(ESSAY)
    page.evaluate(
        """() => {
          const link = document.createElement("a");
          Object.assign(link, { id: "try", textContent: "Any card" });
          link.dataset.card = "";
          document.querySelector("main").prepend(link);
        }"""
    )
    objects = [*Gloss.objects.all(), *Quotation.objects.all(), *Work.objects.all()]
    addresses = [one.get_absolute_url() for one in [*objects, *Theme.objects.all()]]
    addresses += [f"/her/themes/{theme.slug}/" for theme in Theme.objects.all()]
    leaks = {}
    for address in addresses:
        page.evaluate("address => { document.getElementById('try').href = address }", address)
        page.evaluate("document.getElementById('try').click()")
        expect(card(page).locator("#card-title")).to_have_count(1)
        expect(card(page)).to_be_visible()
        page.evaluate(UNFOLD)
        text = f"{card(page).inner_text()}\n{card(page).aria_snapshot()}"
        if given_away := spoilers.given_away_by(text):
            leaks[address] = given_away
        page.keyboard.press("Escape")
        expect(card(page)).to_be_hidden()
    assert leaks == {}


def test_the_contents_reveal_no_spoiler(page, spoilers):
    page.goto(ESSAY)
    page.get_by_role("button", name="Contents").first.click()
    contents = page.locator("#contents")
    expect(contents).to_contain_text("I saw the film")
    assert not spoilers.given_away_by(contents.inner_text())
    contents.get_by_text("Read anyway").click()
    assert spoilers.given_away_by(contents.inner_text())


def test_tab_reaches_nothing_behind_a_closed_veil(page):
    page.goto(ESSAY)
    names = []
    while len(names) < 300:
        page.keyboard.press("Tab")
        name, behind = page.evaluate(
            """() => {
              const at = document.activeElement;
              return [at.matches("body") ? "body" : at.textContent, Boolean(at.closest(".veiled"))];
            }"""
        )
        assert not behind, name
        if names and name in (names[0], "body"):
            break
        names.append(name)
    assert "Read anyway" in " ".join(names)
    assert names[-1] == "Keys"


def test_find_in_page_does_not_reach_behind_a_closed_veil(page, spoilers):
    page.goto(ESSAY)
    find = "words => window.find(words, false, false, true)"
    assert page.evaluate(find, "deservedly so in my opinion")
    for passage in spoilers.passages:
        words = " ".join(passage.text.split()[3:7])
        assert not page.evaluate(find, words), words
    expect(veil(page).locator("details")).not_to_have_attribute("open", "")
    read(page)
    assert page.evaluate(find, "escapable. The only questions are how far")


def test_metadata_reveal_no_spoiler(page, spoilers):
    leaks = {}
    for address in all_addresses():
        html = page.request.get(address).text()
        head = html[: html.index("</head>")]
        if given_away := spoilers.given_away_by(re.sub(r"[<>\"=]", " ", head), typed_in(address)):
            leaks[address] = given_away
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html):
            assert not spoilers.given_away_by(json.dumps(json.loads(data), ensure_ascii=False))
    assert leaks == {}
