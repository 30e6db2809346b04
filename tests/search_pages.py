"""The search page: what it found and what it marked; texts and queries that are hard for it."""

import re
from html import unescape
from urllib.parse import quote

from django.test import Client, override_settings

from annotations import revising
from essays.models import Passage
from tests import cast, dom, written_notes
from tests.written_notes import write_essay

SCRIPT = "<script>alert(1)</script>"
STRANGE = [
    "Un café naïve à Zürich, 1e5 0x1f 3d v1.2 user@example.org/path and/or well-known",
    f"`{SCRIPT} & co` किताब पढ़ना, 日本語の本, שָׁלוֹם עולם, e\u0301clair, ½ cup, \ue000private\ue001",
    "The cat’s pyjamas isn't theirs; CATS sat, don’t they. " + "filler words here. " * 40 + "Omega",
]
HOSTILE = [
    "'",
    'she" OR "1',
    "oscars*",
    "NEAR(oscars picture)",
    "-oscars",
    "title:oscars",
    "{title text}: oscars",
    "oscars AND",
    "^oscars",
    "oscars & | ! <-> :*",
    "'; DROP TABLE essays_essay; --",
    "%s %(q)s {} {0}",
    "\u202eoscars\u202c",
    "مرحبا بالعالم",
    "oscars 😀",
    "\ue000oscars\ue001",
    "\ufffe\uffff oscars",
    "a " * 100,
    "x" * 200,
]


def search(client, query: str, **parameters) -> str:
    response = client.get("/search/", {"q": query, **parameters})
    assert response.status_code == 200
    return dom.flat(response.text)


def hits(html: str) -> list[str]:
    """The URLs of the results, in order."""
    return re.findall(r'<li[^>]*>\s*(?:<h3>)?<a href="([^"]+)"', main(html))


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def marked_words(html: str) -> list[str]:
    return [unescape(words) for words in re.findall(r"<mark>(.*?)</mark>", html)]


def outside(html: str, query: str) -> list:
    """A page without what is behind a veil and without the query."""
    typed = rf'(value="|<bdi>|<title>Search: |\?q=){query}(?=["<& ])'
    return list(_outside(dom.parse(re.sub(typed, r"\1", html))))


def _outside(element: dom.Element):
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif "veiled" not in child.classes:
            yield (child.name, child.attributes)
            yield from _outside(child)


def behind(html: str) -> list[str]:
    """The texts behind the veils, one for each veil."""
    return [" ".join(one.text.split()) for one in dom.parse(html).all(".veiled")]


def all_results() -> dict[str, list]:
    """The results in three essays for every word of two of them and every hostile line."""
    client = Client(headers={"host": "localhost"})
    cast.her()
    cast.second()
    write_essay("strange", STRANGE)
    revising.retire(Passage.objects.get(key="opening"))
    for key in ("fresh", "a-choice"):
        written_notes.note(
            written_notes.guest(),
            "A *zebra* café, naïve and well-known.",
            key=key,
            public=True,
            public_id=key,
        )
    texts = Passage.objects.exclude(essay__slug="her").values_list("text", flat=True)
    words = {word for text in texts for word in text.split()}
    results = {}
    for query in [*sorted(words), *HOSTILE, "costan", "“story we tell”", "Frank Costanza"]:
        with override_settings(SEARCHES_A_MINUTE=1_000, SEARCHES_A_MINUTE_BY_ADDRESS=1_000):
            html = client.get(f"/search/?q={quote(query)}").text
        results[query] = [sorted(hits(html)), sorted(marked_words(html)), "begin so" in html]
    return results
