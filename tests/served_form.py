"""The form for a note on a site that runs, filled in by a guest without a browser."""

import re
from contextlib import closing
from email.message import Message
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

WRITE = "/her/fresh/write/"


def first_save(url: str, words: dict) -> tuple[str, dict[str, str]]:
    """The body and the headers of a save, as the form of a new guest sends them."""
    _, headers_of_page, page = request(url, "GET")
    sent = {
        name: re.search(f'name="{name}" value="([^"]+)"', page)[1]
        for name in ("token", "csrfmiddlewaretoken")
    }
    headers = {
        "Cookie": headers_of_page["Set-Cookie"].split(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": url,
    }
    return urlencode({**sent, **words}), headers


def request(url: str, method: str, body: str = "", headers=None) -> tuple[int, Message, str]:
    """The status, headers and body of an answer."""
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=600)) as connection:
        connection.request(method, f"{WRITE}?choice=whole", body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
