"""A real Chromium before the real server. One site, loaded once, that tests only read.

A test that writes would leave its traces to the next: give it a site of its own with
`serving(tmp_path)`.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from scripts.provision import browser_arguments, tools
from tests.server import ROOT, environment, serving

# Playwright keeps an event loop in this thread, where Django would then refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "has_touch": True,
    "is_mobile": True,
}


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a site that holds the essays of content/, as in http://localhost:1234."""
    with serving(Path(settings.DATA_DIR)) as url:
        yield url


@pytest.fixture(scope="session", autouse=True)
def database(django_db_blocker, site) -> Iterator[None]:
    """Let the tests look into the database of the site; it is the one that settings name."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    return {"executable_path": tools()["chromium"], "args": browser_arguments()}


class Watch:
    """What went wrong in the browser while a test ran; the test fails if anything did."""

    def __init__(self, origin: str):
        self.origin = origin
        self.complaints: list[str] = []
        self.allowed: list[re.Pattern] = []

    def allow(self, pattern: str) -> None:
        """Expect complaints that match, as the 404 that the console reports of a missing page."""
        self.allowed.append(re.compile(pattern))

    def follow(self, context: BrowserContext) -> None:
        # A violation of the Content-Security-Policy is an error in the console, too.
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        context.on("request", self.see)

    def hear(self, message) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")

    def see(self, request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and f"{url.scheme}://{url.netloc}" != self.origin:
            self.complaints.append(f"request to another origin: {request.url}")

    def unexpected(self) -> list[str]:
        return [
            complaint
            for complaint in self.complaints
            if not any(pattern.search(complaint) for pattern in self.allowed)
        ]


@pytest.fixture(autouse=True)
def watch(site) -> Iterator[Watch]:
    """Fails a test on console errors, script errors, CSP violations and foreign requests."""
    watch = Watch(site)
    yield watch
    assert watch.unexpected() == []


@pytest.fixture
def new_page(browser: Browser, site: str, watch: Watch):
    """Opens a page in a profile of its own: `new_page(**options of the browser context)`.

    A path is enough as an address: `page.goto("/themes/")`.
    """
    contexts = []

    def open_page(**options) -> Page:
        context = browser.new_context(**{"base_url": site, **DESK, **options})
        context.set_default_timeout(10_000)
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page) -> Page:
    return new_page()


@pytest.fixture
def phone(new_page) -> Page:
    return new_page(**PHONE)


@pytest.fixture
def no_js(new_page) -> Page:
    return new_page(java_script_enabled=False)


@pytest.fixture(scope="session")
def writing_site(tmp_path_factory) -> Iterator[str]:
    """A site to write in: every profile of a browser is a guest of its own there."""
    data_dir = tmp_path_factory.mktemp("writing")
    with serving(data_dir, PUBLIC_NOTES="open", NOTES_A_MINUTE_BY_ADDRESS="1000") as url:
        command = [sys.executable, "manage.py", "load_essay", "tests/content/many-scripts"]
        subprocess.run(command, cwd=ROOT, env=environment(data_dir), check=True)
        yield url


@pytest.fixture
def new_writer(new_page, writing_site, watch):
    """Opens a page of that site in a profile of its own, as `new_page` does."""
    watch.origin = writing_site
    return lambda **options: new_page(**{"base_url": writing_site, **options})


@pytest.fixture
def writer(new_writer) -> Page:
    return new_writer()
