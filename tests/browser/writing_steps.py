"""Steps of writing a note in a browser: selecting words, and the parts of the form."""

from playwright.sync_api import Locator, Page, expect

PRESENT = "what the movie is really about"
PAIN = "oftentimes pain - that brings you there."
BODY = "Nobody explains anything."

# A range over words of a passage, from their first to their last UTF-16 unit.
RANGE = """([key, words]) => {
  const root = document.querySelector(`#${key} [data-text]`);
  const start = root.textContent.indexOf(words);
  if (start < 0) throw new Error(`“${words}” is not in ${key}`);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let at = 0, begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!begun && start < at + node.length) { range.setStart(node, start - at); begun = true; }
    if (begun && start + words.length <= at + node.length) {
      range.setEnd(node, start + words.length - at);
      root.scrollIntoView({ block: "center", behavior: "instant" });
      return range;
    }
    at += node.length;
  }
}"""


def select(page: Page, key: str, words: str) -> None:
    """Select words as a browser does after a long press on them."""
    script = f"""place => {{
      const range = ({RANGE})(place);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    }}"""
    page.evaluate(script, [key, words])


def drag(page: Page, start: tuple[str, str], end: tuple[str, str]) -> None:
    """Drag the mouse from the start of some words of a passage to the end of others."""
    edges = f"""places => {{
      const first = ({RANGE})(places[1]), last = ({RANGE})(places[0]);
      const [from, to] = [last.getClientRects()[0], [...first.getClientRects()].at(-1)];
      return [from.left + 1, from.top + from.height / 2, to.right, to.top + to.height / 2];
    }}"""
    x, y, to_x, to_y = page.evaluate(edges, [list(start), list(end)])
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2, steps=4)
    page.mouse.move(to_x, to_y, steps=4)
    page.mouse.up()


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Selected words")


def form(page: Page) -> Locator:
    return page.locator("#writing form")


def body(page: Page) -> Locator:
    return form(page).get_by_label("Your note")


def own_notes(page: Page) -> Locator:
    return page.locator(".margin .note.mine")


def status(page: Page) -> Locator:
    return page.locator("#status")


def marked(page: Page, key: str) -> str:
    """The words of a passage that the reader's own notes mark."""
    return page.locator(f"#{key} .text").evaluate(
        "text => [...text.querySelectorAll('mark.mine')].map(one => one.textContent).join('')"
    )


def begin(page: Page, key: str = "the-present", words: str = PRESENT) -> None:
    """Select words and open the form for them."""
    select(page, key, words)
    bar(page).get_by_role("button", name="Note", exact=True).click()
    expect(body(page)).to_be_focused()


def save(page: Page) -> None:
    form(page).get_by_role("button", name="Save", exact=False).click()


def open_form_page(page: Page, address: str) -> None:
    """Go to a form on a page of its own, and wait until the script sends it: it is loaded late."""
    page.goto(address)
    expect(page.locator("main .note-form[data-hx-post]")).to_be_visible()
