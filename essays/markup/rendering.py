"""Render Markdown to clean HTML and to the plain text that readers see."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.nl2br import Nl2BrExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    ImageInlineProcessor,
    LinkInlineProcessor,
)

from essays.markup import limits
from essays.markup.cleaning import (
    GLOSS_TAGS,
    NOTE_REL,
    NOTE_TAGS,
    PAGE_TAGS,
    PASSAGE_TAGS,
    Allowed,
    clean,
)
from essays.markup.errors import MarkupError
from essays.markup.tokens import text_of, tokens_of

RENDER_VERSION = 1

_HEADINGS = ("hashheader", "setextheader")
_NOT_IN_NOTES = (*_HEADINGS, "code", "hr", "reference")
_NOT_INLINE = (*_NOT_IN_NOTES, "olist", "ulist", "indent", "quote")
_NOT_INSIDE_NOTES = (
    *("backtick", "reference", "image_link", "image_reference"),
    *("short_reference", "short_image_ref", "html", "entity"),
)


@dataclass(frozen=True)
class Rendered:
    """Safe HTML, and exactly the textContent of an element with this HTML."""

    html: str
    text: str


def _refuses_depth[**P](render: Callable[P, Rendered]) -> Callable[P, Rendered]:
    @wraps(render)
    def refusing(*args: P.args, **kwargs: P.kwargs) -> Rendered:
        try:
            return render(*args, **kwargs)
        except RecursionError:
            raise MarkupError("This is nested too deep to show. Use fewer levels.") from None

    return refusing


@_refuses_depth
def render_passage(source: str, kind: str, *, smart: bool) -> Rendered:
    """Render a passage of an essay: blocks, or for a heading only inline elements.

    `smart` turns plain quotes and hyphens into “ ” and –. Raises MarkupError.
    """
    source = limits.checked(source, limits.PASSAGE_LENGTH)
    extensions: list[Extension] = [AttrListExtension(), SaneListExtension()]
    if smart:
        extensions.append(SmartyExtension())
    parser = _parser(extensions)
    if kind == "heading":
        source = re.sub(r"\A\s*#{1,6}[ \t]+", "", source)
        return _render_line(parser, source)
    _deregister(parser, _HEADINGS)
    rendered = _render(parser, source, PASSAGE_TAGS)
    pictures = sum(token.name == "img" for token in tokens_of(rendered.html))
    if kind == "figure" and pictures != 1:
        raise MarkupError(
            "A figure is one picture, and words below it if you like: begin with "
            "![what it shows](/its-address)."
        )
    if kind != "figure" and pictures:
        raise MarkupError("A picture needs a passage to itself, of the kind “figure”.")
    if kind != "figure" and not rendered.text.strip():
        raise MarkupError("This passage has no words. Write some, or retire it.")
    return rendered


@_refuses_depth
def render_gloss(source: str) -> Rendered:
    """Render an editor's gloss: one paragraph, without its tag. Raises MarkupError."""
    source = limits.checked(source, limits.GLOSS_LENGTH)
    if "\n\n" in re.sub(r"[ \t]+", "", source.strip()):
        raise MarkupError("A gloss is one paragraph: take out its empty lines.")
    return _render_line(_parser([AttrListExtension()]), source)


@_refuses_depth
def render_note(source: str) -> Rendered:
    """Render a reader's note: emphasis, links, lists and quotes; HTML tags show as typed.

    Raises MarkupError.
    """
    source = limits.checked(source, limits.NOTE_LENGTH)
    parser = _parser([SaneListExtension(), Nl2BrExtension(), SmartyExtension()])
    parser.preprocessors.deregister("html_block")
    _deregister(parser, _NOT_IN_NOTES)
    for name in _NOT_INSIDE_NOTES:
        parser.inlinePatterns.deregister(name)
    return _render(parser, source, NOTE_TAGS, NOTE_REL)


@_refuses_depth
def render_page(source: str) -> Rendered:
    """Render one of the site's own pages; headings begin at h2. Raises MarkupError."""
    source = limits.checked(source, limits.PASSAGE_LENGTH)
    under_the_title = TocExtension(baselevel=2, marker="")
    parser = _parser([AttrListExtension(), SaneListExtension(), under_the_title])
    return _render(parser, source, PAGE_TAGS)


class _ShortAddresses(LinkInlineProcessor):
    """Mixin: an address, with its title, is looked for in the next characters only.

    The parser would look through the whole text, for each link that is not closed.
    """

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        return super().getLink(data[: index + limits.ADDRESS_LENGTH], index)


class _Link(_ShortAddresses, LinkInlineProcessor):
    pass


class _Picture(_ShortAddresses, ImageInlineProcessor):
    pass


def _parser(extensions: Sequence[Extension]) -> Markdown:
    parser = Markdown(extensions=extensions)
    parser.inlinePatterns.register(_Link(LINK_RE, parser), "link", 160)
    parser.inlinePatterns.register(_Picture(IMAGE_LINK_RE, parser), "image_link", 150)
    return parser


def _render_line(parser: Markdown, source: str) -> Rendered:
    _deregister(parser, _NOT_INLINE)
    one_line = " ".join(line.strip(" \t") for line in source.strip().split("\n"))
    rendered = _render(parser, one_line, GLOSS_TAGS)
    if not rendered.text.strip():
        raise MarkupError("There are no words here. Write some.")
    return rendered


def _deregister(parser: Markdown, processors: tuple[str, ...]) -> None:
    for name in processors:
        parser.parser.blockprocessors.deregister(name)


def _render(parser: Markdown, source: str, allowed: Allowed, rel: str | None = None) -> Rendered:
    html = clean(parser.convert(source), allowed, rel)
    text = text_of(html)
    limits.refuse_unshowable(text)
    return Rendered(html, text)
