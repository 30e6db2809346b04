"""Pages that are the same for everyone, rendered and compressed once per state of an essay."""

import gzip
import hashlib
import re
import threading
import time
from dataclasses import dataclass

import brotli
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from edition.requests.personal import is_personal
from essays.site_identity import site_identity

CHECKED_SECONDS = 60
MAX_CHECKED = 50
_checked: dict[str, tuple["StoredPage", float]] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class StoredPage:
    """A rendered page in three codings, with its entity tag."""

    body: bytes
    gzipped: bytes
    brotli: bytes
    etag: str

    @classmethod
    def of(cls, body: bytes) -> "StoredPage":
        digest = hashlib.sha256(body).hexdigest()[:32]
        gzipped = gzip.compress(body, 6, mtime=0)
        # The best quality, 11, takes thirty times as long, and the first reader waits for it.
        brotlied = brotli.compress(body, quality=6)
        # Weak, since one tag stands for all three codings.
        return cls(body, gzipped, brotlied, f'W/"{digest}"')

    def encoded(self, accepts: str) -> tuple[bytes, str]:
        """The smallest body that an Accept-Encoding header allows, and the name of its coding."""
        codings = accepted_codings(accepts)
        if "br" in codings:
            return self.brotli, "br"
        if "gzip" in codings:
            return self.gzipped, "gzip"
        return self.body, ""


def accepted_codings(header: str) -> set[str]:
    """The codings that an Accept-Encoding header names and does not refuse with `q=0`."""
    parts = [part.partition(";") for part in header.lower().split(",")]
    refusal = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*")
    return {name.strip() for name, _, weight in parts if not refusal.fullmatch(weight)}


def essay_page(request, essay, name: str, render) -> HttpResponse:
    """Answer with the stored page of `essay`; `render()` returns its HTML if none is stored.

    The key has the essay, its counter and the site's identity, and those of `pages` begin with the
    release. Whatever else changes the page must bump the counter (`Essay.objects.bump_counters`).
    """
    site = site_identity()
    identity = f"{site.name} {site.pages} {settings.SITE_URL}"
    site_digest = hashlib.sha256(identity.encode()).hexdigest()[:12]
    key = f"{site_digest}:{essay.pk}:{essay.counter}:{name}"
    page = caches["pages"].get(key)
    if page is None:
        page = StoredPage.of(render().encode())
        caches["pages"].set(key, page, timeout=7 * 24 * 3600)
    _remember(request, page)
    return _respond(request, page)


def checked_lately(request) -> HttpResponse | None:
    """The page that this process found to be current less than a minute ago, if it has one.

    For when the database cannot be asked (product law 10), and for readers whom nobody knows.
    """
    if request.method not in ("GET", "HEAD") or is_personal(request):
        return None
    if request.headers.get("HX-Request-Type") == "partial":
        return None
    page, checked_at = _checked.get(request.path, (None, float("-inf")))
    return _respond(request, page) if time.monotonic() - checked_at < CHECKED_SECONDS else None


def _remember(request, page: StoredPage) -> None:
    # Last in order, so that the first is the one that was checked longest ago.
    with _lock:
        _checked.pop(request.path, None)
        _checked[request.path] = page, time.monotonic()
        if len(_checked) > MAX_CHECKED:
            del _checked[next(iter(_checked))]


def _respond(request, page: StoredPage) -> HttpResponse:
    body, coding = page.encoded(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(body)
    if coding:
        response["Content-Encoding"] = coding
    response["ETag"] = page.etag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return get_conditional_response(request, etag=page.etag, response=response)
