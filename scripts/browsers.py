"""Where browsers are, whether they start, and how the tests start them."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

MAC_APPS = ("Google Chrome", "Chromium")


def launches(path: str) -> bool:
    """Whether Playwright can open a page with this browser."""
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=arguments())
            works = browser.new_page().evaluate("1 + 1") == 2
            browser.close()
    except Error as error:
        print(f"{path} does not start: {error.message.splitlines()[0]}", flush=True)
        return False
    return works


def arguments() -> list[str]:
    """Draw without imitating a graphics card; no sandbox for root, for whom it does not start."""
    switches = ["--disable-background-networking", "--disable-gpu"]
    return [*switches, *(["--no-sandbox"] if os.getuid() == 0 else [])]


def of_playwright() -> Iterable[str]:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return [path] if Path(path).exists() else []


def shells_of_playwright() -> Iterable[str]:
    with sync_playwright() as playwright:
        browsers = Path(playwright.chromium.executable_path).parents[2]
    return map(str, browsers.glob("chromium_headless_shell-*/*/*headless*shell"))


def of_mac() -> Iterable[str]:
    paths = (f"/Applications/{app}.app/Contents/MacOS/{app}" for app in MAC_APPS)
    return [path for path in paths if Path(path).exists()]


def install() -> None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if os.getuid() == 0:
        command.append("--with-deps")
    subprocess.run(command)
