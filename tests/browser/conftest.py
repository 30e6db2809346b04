"""A real Chromium before the real server.

Most tests run in its headless shell, which draws pages as Chromium does. What that shell lacks (the
back/forward cache, the settings of a profile) is tested in the whole browser.
Every site starts from a copy of one prepared data folder. Most tests only read `site`; a test that
writes uses a site of its own (`own_site`), or it would change what others read.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from annotations import loading
from readers.models import User
from scripts import browsers
from scripts.provision import tools
from tests import prepared_site
from tests.all_caches import clear_caches
from tests.server import ROOT, serving_prepared

# Playwright keeps an event loop in this thread, where Django would then refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

TIMEOUT = 60_000  # Milliseconds, for a busy machine.
expect.set_options(timeout=TIMEOUT)
DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "has_touch": True,
    "is_mobile": True,
}


@pytest.fixture(scope="session")
def site(prepared_data) -> Iterator[str]:
    """The address of a site that holds the essays of content/, as in http://localhost:1234."""
    data_dir = Path(settings.DATA_DIR)
    prepared_site.copy(prepared_data, data_dir)
    with serving_prepared(data_dir) as url:
        yield url


@pytest.fixture(scope="session")
def own_site(prepared_data, tmp_path_factory, database):
    """Starts a site that tests may change: `with own_site(set_up, **variables) as (url, result)`.

    `set_up` writes to the database of that site before it starts.
    """

    @contextmanager
    def start(set_up=lambda: None, **variables):
        data_dir = tmp_path_factory.mktemp("site")
        prepared_site.copy(prepared_data, data_dir)
        with using_database(data_dir / "db.sqlite3"):
            result = set_up()
        with serving_prepared(data_dir, **variables) as url:
            yield url, result

    return start


@contextmanager
def using_database(path: Path) -> Iterator[None]:
    clear_caches()
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def session_of(user: User) -> str:
    """The session cookie of a browser in which this user is signed in."""
    client = Client()
    client.force_login(user)
    return client.cookies["session"].value


@pytest.fixture(scope="session", autouse=True)
def database(django_db_blocker, site) -> Iterator[None]:
    """Let the tests query the database of `site`, which is the one in the tests' settings."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    return {"executable_path": tools()["shell"], "args": browsers.arguments()}


class Watch:
    """Collects what goes wrong in the browser during a test, and foreign requests."""

    def __init__(self, origin: str):
        self.origin = origin
        self.complaints: list[str] = []
        self.allowed: list[re.Pattern] = []
        self.listeners = {
            "console": self.hear,
            "request": self.see,
            "weberror": lambda error: self.complaints.append(f"error: {error.error}"),
        }

    def allow(self, pattern: str) -> None:
        """Accept complaints that match, such as the console's 404 for a missing page."""
        self.allowed.append(re.compile(pattern))

    def follow(self, context: BrowserContext) -> None:
        # A violation of the Content-Security-Policy is an error in the console, too.
        for event, listener in self.listeners.items():
            context.on(event, listener)

    def unfollow(self, context: BrowserContext) -> None:
        for event, listener in self.listeners.items():
            context.remove_listener(event, listener)

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
    """Fails the test on console errors, script errors, CSP violations and foreign requests."""
    watch = Watch(site)
    yield watch
    assert watch.unexpected() == []


@pytest.fixture(scope="module")
def idle_contexts() -> Iterator[dict[str, list[BrowserContext]]]:
    """Browser contexts, by their options, that tests of a file with `READ_ONLY = True` reuse."""
    contexts = defaultdict(list)
    yield contexts
    for context in chain.from_iterable(contexts.values()):
        context.close()


@pytest.fixture
def new_page(request, browser: Browser, site: str, watch: Watch, idle_contexts):
    """Opens a page in a profile of its own: `new_page(**options of the browser context)`.

    A path is enough as an address: `page.goto("/themes/")`.
    """
    used = []

    def open_page(**options) -> Page:
        options = {"base_url": site, **DESK, **options}
        idle = idle_contexts[repr(sorted(options.items()))]
        context = idle.pop() if idle else browser.new_context(**options)
        context.set_default_timeout(TIMEOUT)
        watch.follow(context)
        used.append((idle, context))
        return context.new_page()

    yield open_page
    for idle, context in used:
        if getattr(request.module, "READ_ONLY", False):
            watch.unfollow(context)
            forget_everything(context, site)
            idle.append(context)
        else:
            context.close()


def forget_everything(context: BrowserContext, site: str) -> None:
    """Make the profile as new but for the files in its HTTP cache."""
    page = context.new_page()
    for other in context.pages[:-1]:
        other.close()
    storage = {"origin": site, "storageTypes": "cookies,local_storage"}
    context.new_cdp_session(page).send("Storage.clearDataForOrigin", storage)
    page.close()
    context.clear_permissions()


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
def writing_site(own_site) -> Iterator[str]:
    """A site to write in: every profile of a browser is a guest of its own there."""

    def set_up():
        loading.load(ROOT / "tests" / "content" / "many-scripts")

    variables = {"PUBLIC_NOTES": "open", "NOTES_A_MINUTE_BY_ADDRESS": "1000"}
    with own_site(set_up, **variables) as (url, _):
        yield url


@pytest.fixture
def new_writer(new_page, writing_site, watch):
    """Opens a page of that site in a profile of its own, as `new_page` does."""
    watch.origin = writing_site
    return lambda **options: new_page(**{"base_url": writing_site, **options})


@pytest.fixture
def writer(new_writer) -> Page:
    return new_writer()
