"""Cards under a mouse: when they open, and when they go."""

from playwright.sync_api import expect

from tests.browser.reading_page import (
    CHOICE,
    ESSAY,
    FRESH,
    OSCARS,
    PRONOUNS,
    SELF,
    THESIS,
    away,
    card,
    phrase,
    point_on,
    read,
    rest_on,
)

KEEP_TIMES = """() => {
  window.times = {};
  const card = document.getElementById("card");
  document.addEventListener("pointermove", (event) => {
    const over = Boolean(event.target.closest("a.gloss"));
    if (over) window.times.rested ??= event.timeStamp;
    else if (window.times.rested) window.times.left ??= event.timeStamp;
  }, true);
  card.addEventListener("beforetoggle", ({ newState }) => {
    window.times[newState === "open" ? "shown" : "gone"] = performance.now();
  });
}"""


def times(page, link=None) -> dict[str, float]:
    """When the mouse came and left, the card showed and went, in ms; `asked` with a link."""
    kept = page.evaluate("window.times")
    if link:
        href = link.evaluate("link => link.href")
        [kept["asked"]] = page.evaluate(
            "href => performance.getEntriesByName(href).map((one) => one.startTime)", href
        )
    return kept


def requests_for(page, part: str) -> list[str]:
    seen = []
    page.on("request", lambda request: seen.append(request.url) if part in request.url else None)
    return seen


def test_a_card_is_fetched_after_150_ms_of_rest_and_shown_at_400_ms_at_the_earliest(page):
    read(page)
    link = phrase(page, THESIS)
    point_on(link)
    page.evaluate(KEEP_TIMES)
    rest_on(page, link)
    expect(card(page)).to_be_visible()
    kept = times(page, link)
    assert 145 <= kept["asked"] - kept["rested"] < kept["shown"] - kept["rested"] - 100
    assert kept["shown"] - kept["rested"] >= 395


def test_passing_over_a_phrase_fetches_nothing(page):
    read(page)
    asked = requests_for(page, "/glosses/")
    rest_on(page, phrase(page, THESIS))
    page.wait_for_timeout(60)
    away(page)
    page.wait_for_timeout(550)
    assert asked == []
    expect(card(page)).to_be_hidden()


def test_a_card_that_was_fetched_is_not_shown_to_a_mouse_that_left(page):
    read(page)
    link = phrase(page, THESIS)
    with page.expect_response("**/glosses/*/"):
        rest_on(page, link)
    away(page)
    page.wait_for_timeout(450)
    expect(card(page)).to_be_hidden()


def test_a_card_lingers_for_300_ms_after_the_mouse_has_left(page):
    read(page)
    link = phrase(page, THESIS)
    point_on(link)
    page.evaluate(KEEP_TIMES)
    rest_on(page, link)
    expect(card(page)).to_be_visible()
    away(page)
    expect(card(page)).to_be_hidden()
    kept = times(page)
    assert kept["gone"] - kept["left"] >= 295


def test_moving_onto_the_card_keeps_it(page):
    read(page)
    rest_on(page, phrase(page, THESIS))
    expect(card(page)).to_be_visible()
    box = card(page).bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=6)
    page.wait_for_timeout(600)
    expect(card(page)).to_be_visible()
    away(page)
    expect(card(page)).to_be_hidden()


def test_a_phrase_that_scrolls_under_a_still_mouse_opens_nothing(page):
    read(page)
    asked = requests_for(page, "/glosses/")
    x, y = point_on(phrase(page, CHOICE))
    page.mouse.move(x, y - 300 if y > 400 else y + 300)
    page.mouse.wheel(0, 300 if y > 400 else -300)
    page.wait_for_timeout(700)
    under = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).textContent",
        [x, y - 300 if y > 400 else y + 300],
    )
    assert under == CHOICE
    assert asked == []
    expect(card(page)).to_be_hidden()


def test_a_click_opens_at_once_and_pins(page):
    read(page)
    link = phrase(page, THESIS)
    link.click()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    away(page)
    page.evaluate(KEEP_TIMES)
    # It has been fetched, so that only a delay of its own could hold it back.
    page.mouse.click(*point_on(link))
    expect(card(page)).to_be_visible()
    kept = times(page)
    assert kept["shown"] - kept["rested"] < 395
    away(page)
    page.wait_for_timeout(500)
    expect(card(page)).to_be_visible()


def test_a_click_pins_a_card_that_rest_has_opened(page):
    read(page)
    link = phrase(page, THESIS)
    rest_on(page, link)
    expect(card(page)).to_be_visible()
    page.mouse.click(*point_on(link))
    away(page)
    page.wait_for_timeout(500)
    expect(card(page)).to_be_visible()


def test_a_click_elsewhere_closes_a_pinned_card(page):
    read(page)
    phrase(page, THESIS).click()
    expect(card(page)).to_be_visible()
    page.mouse.click(3, 450)
    expect(card(page)).to_be_hidden()


def test_another_phrase_takes_the_card_over(page):
    read(page)
    phrase(page, OSCARS).click()
    expect(card(page)).to_contain_text("Spike Jonze")
    phrase(page, FRESH).click()
    expect(card(page)).to_contain_text("Frank Costanza")
    expect(phrase(page, OSCARS)).not_to_have_attribute("aria-expanded", "true")
    expect(phrase(page, FRESH)).to_have_attribute("aria-expanded", "true")


def test_a_click_with_a_modifier_or_the_middle_button_opens_the_page(page):
    page.goto(ESSAY)
    link = phrase(page, OSCARS)
    for how in ({"modifiers": ["ControlOrMeta"]}, {"button": "middle"}):
        with page.context.expect_page() as opened:
            link.click(**how)
        opened.value.wait_for_url("**/glosses/*/")
        expect(opened.value.locator("h1")).to_contain_text("Best Picture")
        opened.value.close()
    away(page)
    expect(card(page)).to_be_hidden()


def test_a_gloss_that_points_nowhere_opens_no_card(page):
    read(page)
    link = phrase(page, PRONOUNS)
    asked = requests_for(page, "/glosses/")
    gloss = page.locator(".margin .gloss", has_text="then all but vanish")
    expect(gloss).to_be_in_viewport(ratio=1)
    rest_on(page, link)
    expect(gloss).to_have_class("gloss lit-gloss")
    page.wait_for_timeout(600)
    assert asked == []
    link.click()
    expect(gloss).to_be_focused()
    link.focus()
    page.keyboard.press("Enter")
    expect(gloss).to_be_focused()
    expect(card(page)).to_be_hidden()


def test_a_slice_that_is_no_link_opens_the_card_of_its_gloss(page):
    read(page)
    slice_ = page.locator(".text span[data-marks]", has_text="and attachment fall away")
    slice_.click()
    expect(card(page)).to_contain_text("He gives the coming out")
    expect(phrase(page, "returning to some source")).to_have_attribute("aria-expanded", "true")


def test_where_marks_overlap_each_phrase_has_a_card_of_its_own(page):
    read(page)
    phrase(page, SELF).click()
    expect(card(page)).to_contain_text("The separate self")
