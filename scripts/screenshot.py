"""Take the README's picture from a site that runs: `python -m scripts.screenshot [ADDRESS]`."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from scripts import browsers
from scripts.provision import tools

PICTURE = Path(__file__).parent.parent / "docs" / "reading-page.png"


def take(address: str) -> bytes:
    """The reading page of “Her” before its veil, with the card of a phrase open, as PNG."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=tools()["chromium"], args=browsers.arguments()
        )
        page = browser.new_page(viewport={"width": 1440, "height": 1180})
        page.goto(f"{address}/her/")
        page.locator("#opening a[data-marks]").first.click()
        page.locator("#card:popover-open").wait_for()
        page.mouse.move(5, 5)
        page.evaluate("document.fonts.ready")
        picture = page.screenshot(animations="disabled")
        browser.close()
    return picture


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    screenshot = Image.open(BytesIO(take(address.rstrip("/")))).convert("RGB")
    PICTURE.parent.mkdir(exist_ok=True)
    screenshot.quantize(128, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
