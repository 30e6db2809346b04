"""The reading page in a browser: its parts, actions on it, and measurements."""

from playwright.sync_api import Locator, Page, expect

from annotations.models import Gloss, Quotation

ESSAY = "/her/"
OSCARS = "Best Picture at the Oscars this weekend"
FRESH = "I like to go in Fresh!"
PRONOUNS = "my interpretations of the movie"
THESIS = "what the movie is really about: the present"
CHOICE = "At some point, the choice becomes ours"
IN_THEORY = "rarely, if ever, experienced"
SELF = "illusions of the individual self"

# What a thumb hits is probed pixel by pixel from the middle of a control. One within running text
# may be smaller, and so may an input, whose label is hit in its place.
TOO_SMALL = """(root) => {
  const inText = (one) => getComputedStyle(one).display === "inline"
    && one.closest("p, blockquote, figcaption, dd, .text, .gloss-text");
  const reach = (one, x, y, dx, dy) => {
    let steps = 0;
    const hit = () => document.elementFromPoint(x + dx * steps, y + dy * steps);
    while (steps < 44 && one.contains(hit())) steps++;
    return steps;
  };
  const wrong = [];
  const controls = "a[href]:not(.skip), button, summary, input[type=search], label:has(input)";
  for (const one of document.querySelector(root).querySelectorAll(controls)) {
    if (!one.checkVisibility({ visibilityProperty: true }) || inText(one)) continue;
    if (getComputedStyle(one).pointerEvents === "none") continue;
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = one.getClientRects()[0];
    const [x, y] = [left + width / 2, top + height / 2];
    const across = reach(one, x, y, -1, 0) + reach(one, x, y, 1, 0);
    const along = reach(one, x, y, 0, -1) + reach(one, x, y, 0, 1);
    if (across < 44 || along < 44) wrong.push(`${one.outerHTML.slice(0, 90)}: ${across}×${along}`);
  }
  return wrong;
}"""


def read(page: Page, address: str = ESSAY, *, veil: str = "open") -> None:
    """Go to a page, and lift the veils on it unless `veil` is "closed"."""
    page.goto(address)
    if veil == "open":
        page.locator(".veil summary", has_text="Read anyway").first.click()


def phrase(page: Page, words: str) -> Locator:
    return page.locator(".text a.gloss", has_text=words)


def card(page: Page) -> Locator:
    return page.locator("#card")


def drawn_card(page: Page) -> Locator:
    """The card, once it stands still beside its phrase: only then can something in it be clicked.

    While it opens, Playwright finds that it moves, scrolls the page and tries again, and then
    presses where the card was before the page scrolled.
    """
    expect(card(page)).to_be_visible()
    expect(card(page).locator(".waiting")).to_have_count(0)
    card(page).evaluate(
        """async card => {
          for (const animation of card.getAnimations()) animation.finish();
          for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
        }"""
    )
    return card(page)


def veil(page: Page) -> Locator:
    return page.locator(".passages > .veil")


def point_on(link: Locator) -> tuple[float, float]:
    """A point in the first line of a phrase; the middle of its box may lie between two lines."""
    link.scroll_into_view_if_needed()
    return link.evaluate(
        """async link => {
          // The scroll event of the line above comes with a frame, and would end a rest.
          await new Promise((resolve) =>
            requestAnimationFrame(() => requestAnimationFrame(resolve)));
          const { left, top, width, height } = link.getClientRects()[0];
          return [left + Math.min(width / 2, 30), top + height / 2];
        }"""
    )


def rest_on(page: Page, link: Locator) -> None:
    """Move the mouse onto a phrase and leave it there."""
    page.mouse.move(*point_on(link))


def away(page: Page) -> None:
    """Move the mouse to an empty place at the left edge."""
    page.mouse.move(3, page.viewport_size["height"] / 2)


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def watch_shifts(page: Page) -> None:
    """Record every layout shift on pages loaded from now on, also those right after a click."""
    page.add_init_script(
        """window.shifts = [];
        window.noteShifts = (entries) => {
          for (const { value, sources } of entries) {
            const moved = sources.map(({ node, previousRect: was, currentRect: is }) =>
              `“${node?.textContent.trim().slice(0, 20)}” ${was.x} ${was.y} to ${is.x} ${is.y}`);
            window.shifts.push(`${value.toFixed(4)}: ${moved}`);
          }
        };
        window.shiftObserver = new PerformanceObserver((list) => noteShifts(list.getEntries()));
        shiftObserver.observe({ type: "layout-shift", buffered: true });"""
    )


def shifts(page: Page) -> list[str]:
    """The layout shifts since the page began or `shifts` was last called, each as a line.

    A line begins with the score of the shift. What was clicked a moment ago counts as well: the
    page is given the frames to show it.
    """
    return page.evaluate(
        """async () => {
          for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
          noteShifts(shiftObserver.takeRecords());
          return window.shifts.splice(0);
        }"""
    )


def sideways(page: Page) -> list[str]:
    """The elements that overflow the screen on the right, if the page scrolls sideways."""
    return page.evaluate(
        """() => {
          const root = document.scrollingElement;
          if (root.scrollWidth <= root.clientWidth) return [];
          return [...document.body.querySelectorAll("*")]
            .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 0.5)
            .map((one) => `${one.localName}.${one.className}: ${one.textContent.slice(0, 40)}`)
            .concat(`${root.scrollWidth} > ${root.clientWidth}`);
        }"""
    )


def kinds_of_page() -> dict[str, str]:
    """The URL of one page of every kind; where a veil matters, of a page behind it."""
    gloss = Gloss.objects.get(essay__slug="her", key="thesis")
    quotation = Quotation.objects.get(slug="samantha-on-the-past")
    return {
        "shelf": "/",
        "reading page": ESSAY,
        "theme lens": "/her/themes/growth/",
        "passage": "/her/a-story/",
        "passage before the veil": "/her/fresh/",
        "versions": "/her/a-story/versions/",
        "on the same words": "/her/a-story/marks/0-99/",
        "themes": "/themes/",
        "theme": "/themes/growth/",
        "work": "/works/her/",
        "quotation": quotation.get_absolute_url(),
        "gloss": gloss.get_absolute_url(),
        "search": "/search/",
        "search results": "/search/?q=story",
        "nothing found": "/search/?q=xylophone",
        "not found": "/nowhere/",
        "makes no sense": "/her/fresh/?page=x",
    }
