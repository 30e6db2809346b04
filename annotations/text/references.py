"""Links from `#7` in a note to the passage that had the number when it was written."""

import re
from collections.abc import Callable, Mapping
from html import escape

from essays.markup.tokens import Token, tokens_of

_NUMBER = re.compile(r"(?<![\w#&/])#([1-9]\d{0,4})(?!\w)")


def numbers_in(html: str) -> set[str]:
    """The numbers of such references in cleaned HTML, outside its links, as strings."""
    numbers: set[str] = set()
    for token, linkable in _walk(html):
        if linkable:
            numbers.update(_NUMBER.findall(token.text))
    return numbers


def linked(html: str, addresses: Mapping[str, str]) -> str:
    """Cleaned HTML with each number that has an address as a link to it."""

    def link(match: re.Match[str]) -> str:
        address = addresses.get(match[1])
        return f'<a href="{escape(address)}">{match[0]}</a>' if address else match[0]

    return "".join(
        _replaced(token.text, link) if linkable else token.html for token, linkable in _walk(html)
    )


def _walk(html: str) -> list[tuple[Token, bool]]:
    """Each token, and whether it is text that may contain a link."""
    walked, links = [], 0
    for token in tokens_of(html):
        if token.name == "a":
            links += {"open": 1, "close": -1}.get(token.kind, 0)
        walked.append((token, token.kind == "text" and not links))
    return walked


def _replaced(text: str, link: Callable[[re.Match[str]], str]) -> str:
    parts, at = [], 0
    for match in _NUMBER.finditer(text):
        parts += [escape(text[at : match.start()], quote=False), link(match)]
        at = match.end()
    return "".join([*parts, escape(text[at:], quote=False)])
