"""Clean the parser's HTML with allowlists, by two libraries one after the other."""

import re
from collections.abc import Mapping
from itertools import islice, takewhile

import bleach
import nh3

from essays.markup.errors import MarkupError
from essays.markup.tokens import Token, html_of, tokens_of

NOTE_TAGS = {
    "p": {"lang", "dir"},
    "br": set[str](),
    "em": {"lang"},
    "strong": {"lang"},
    "a": {"href"},
    "ul": set[str](),
    "ol": {"start"},
    "li": set[str](),
    "blockquote": set[str](),
}
_INLINE = ["b", "i", "cite", "q", "s", "del", "sub", "sup", "small", "code", "span", "abbr"]
GLOSS_TAGS = {
    "br": set[str](),
    **{name: {"lang", "dir", "title"} for name in ["em", "strong", *_INLINE]},
    "a": {"href", "title", "hreflang", "lang"},
}
PASSAGE_TAGS = {
    **GLOSS_TAGS,
    **{name: {"lang", "dir"} for name in ["p", "blockquote", "ul", "li", "pre"]},
    "ol": {"lang", "dir", "start"},
    "hr": set[str](),
    "img": {"src", "alt", "title", "width", "height"},
}
PAGE_TAGS = {
    **PASSAGE_TAGS,
    **{name: {"lang", "dir"} for name in ["h2", "h3", "h4"]},
}
NOTE_REL = "nofollow ugc noopener"

_SCHEMES = {"http", "https", "mailto"}
# Browsers take a backslash for a slash and skip tabs and newlines, so none may occur.
_SAFE_LINK = re.compile(
    r"""(?: https?://[^\s/?\#\\@\x00-\x20]+ (?:[/?\#][^\s\\\x00-\x20]*)?
        | mailto:[^\s\\\x00-\x20]+
        | /(?![/\\])[^\s\\\x00-\x20]*
        | \#[^\s\\\x00-\x20]* )""",
    re.IGNORECASE | re.VERBOSE,
)
_SAFE_IMAGE = re.compile(r"/(?![/\\])[^\s\\\x00-\x20]+")

type Allowed = Mapping[str, set[str]]


def clean(html: str, allowed: Allowed, rel: str | None = None) -> str:
    """The HTML with allowed tags and attributes only, and one newline between blocks.

    Links may lead to http, https, mailto, a path of this site or a fragment; others are replaced
    by their words, and links without words are removed. Raises MarkupError for a picture
    without a text alternative or on another site.
    """
    # Not shared: a Cleaner used by several threads has mixed up their output.
    cleaner = bleach.Cleaner(
        tags=allowed.keys(),
        attributes={name: sorted(values) for name, values in allowed.items()},
        protocols=_SCHEMES,
        strip=True,
    )
    tidy = html_of(_tidied(_without_dead_links(tokens_of(cleaner.clean(html)))))
    return nh3.clean(
        tidy,
        tags=set(allowed),
        attributes={name: values for name, values in allowed.items() if values},
        attribute_filter=_check_attribute,
        url_schemes=_SCHEMES,
        link_rel=rel,
    )


def _check_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href" and not _SAFE_LINK.fullmatch(value):
        return None
    return value


def _without_dead_links(tokens: list[Token]) -> list[Token]:
    remaining = []
    dead = False
    for place, token in enumerate(tokens):
        if token.name == "img":
            _check_image(token)
        if token.name == "a":
            if token.kind == "open":
                safe = _SAFE_LINK.fullmatch(token.attributes.get("href", ""))
                dead = not (safe and _has_content(tokens, place))
            if dead:
                continue
        remaining.append(token)
    return remaining


def _has_content(tokens: list[Token], opening: int) -> bool:
    """Whether the link that opens there has words or a picture."""
    inside = takewhile(lambda token: token.name != "a", islice(tokens, opening + 1, None))
    return any(token.name == "img" or token.text.strip() for token in inside)


def _check_image(token: Token) -> None:
    if not token.attributes.get("alt", "").strip():
        raise MarkupError(
            "Say what the picture shows, between its brackets: ![A window at dusk](/…)."
        )
    if not _SAFE_IMAGE.fullmatch(token.attributes.get("src", "")):
        raise MarkupError("A picture must lie on this site: begin its address with one slash.")


def _tidied(tokens: list[Token]) -> list[Token]:
    """Remove space at the edges of blocks, and put one newline between words of two blocks."""
    tidy: list[Token] = []
    gap: int | None = None
    at_edge, begun, in_pre = True, False, False
    for token in tokens:
        if token.kind == "text":
            text = token.text.lstrip(" \t\n") if at_edge and not in_pre else token.text
            if not text:
                continue
            if gap is not None and begun:
                tidy.insert(gap, Token("text", text="\n"))
            tidy.append(Token("text", text=text))
            gap, at_edge, begun = None, False, True
            continue
        if token.is_block:
            in_pre = token.name == "pre" and token.kind == "open"
            _strip_last(tidy)
            if token.kind == "close":
                gap = len(tidy) + 1
            elif gap is None:
                gap = len(tidy)
            at_edge = True
        tidy.append(token)
    return tidy


def _strip_last(tokens: list[Token]) -> None:
    if tokens and tokens[-1].kind == "text" and tokens[-1].text != "\n":
        tokens[-1] = Token("text", text=tokens[-1].text.rstrip(" \t\n"))
