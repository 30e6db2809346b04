"""Cleaned HTML as a flat sequence of tags and text; offsets count its text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Literal

BLOCKS = frozenset({"p", "blockquote", "ul", "ol", "li", "pre", "hr", "h2", "h3", "h4"})
VOID = frozenset({"br", "hr", "img"})


@dataclass(frozen=True)
class Token:
    """A tag as written, or text with decoded entities."""

    kind: Literal["open", "close", "void", "text"]
    name: str = ""
    text: str = ""
    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def is_block(self) -> bool:
        return self.name in BLOCKS

    @property
    def html(self) -> str:
        return escape(self.text, quote=False) if self.kind == "text" else self.tag


def tokens_of(html: str) -> list[Token]:
    """The tokens of cleaned HTML; no text token follows another."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.tokens


def text_of(html: str) -> str:
    """The textContent of an element with this HTML."""
    return "".join(token.text for token in tokens_of(html))


def html_of(tokens: Iterable[Token]) -> str:
    return "".join(token.html for token in tokens)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Token] = []
        self.words: list[str] = []

    def flush(self) -> None:
        if self.words:
            self.tokens.append(Token("text", text="".join(self.words)))
            self.words = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.flush()
        written = self.get_starttag_text() or ""
        values = {name: value or "" for name, value in attrs}
        kind: Literal["void", "open"] = "void" if tag in VOID else "open"
        self.tokens.append(Token(kind, tag, tag=written, attributes=values))

    def handle_endtag(self, tag: str) -> None:
        self.flush()
        self.tokens.append(Token("close", tag, tag=f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        self.words.append(data)
