"""Render Markdown to clean HTML and to the plain text that readers see."""

import re
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.nl2br import Nl2BrExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.toc import TocExtension

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


def render_passage(source: str, kind: str, *, smart: bool) -> Rendered:
    """Render a passage of an essay: blocks, or for a heading only inline elements.

    `smart` turns plain quotes and hyphens into “ ” and –. Raises MarkupError.
    """
    source = limits.checked(source, limits.PASSAGE_LENGTH)
    extensions: list[Extension] = [AttrListExtension(), SaneListExtension()]
    if smart:
        extensions.append(SmartyExtension())
    parser = Markdown(extensions=extensions)
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


def render_gloss(source: str) -> Rendered:
    """Render an editor's gloss: one paragraph, without its tag. Raises MarkupError."""
    source = limits.checked(source, limits.GLOSS_LENGTH)
    if "\n\n" in re.sub(r"[ \t]+", "", source.strip()):
        raise MarkupError("A gloss is one paragraph: take out its empty lines.")
    return _render_line(Markdown(extensions=[AttrListExtension()]), source)


def render_note(source: str) -> Rendered:
    """Render a reader's note: emphasis, links, lists and quotes; HTML tags show as typed.

    Raises MarkupError.
    """
    source = limits.checked(source, limits.NOTE_LENGTH)
    parser = Markdown(extensions=[SaneListExtension(), Nl2BrExtension(), SmartyExtension()])
    parser.preprocessors.deregister("html_block")
    _deregister(parser, _NOT_IN_NOTES)
    for name in _NOT_INSIDE_NOTES:
        parser.inlinePatterns.deregister(name)
    return _render(parser, source, NOTE_TAGS, NOTE_REL)


def render_page(source: str) -> Rendered:
    """Render one of the site's own pages; headings begin at h2. Raises MarkupError."""
    source = limits.checked(source, limits.PASSAGE_LENGTH)
    under_the_title = TocExtension(baselevel=2, marker="")
    parser = Markdown(extensions=[AttrListExtension(), SaneListExtension(), under_the_title])
    return _render(parser, source, PAGE_TAGS)


def _render_line(parser: Markdown, source: str) -> Rendered:
    _deregister(parser, _NOT_INLINE)
    rendered = _render(parser, re.sub(r"[ \t]*\n[ \t]*", " ", source.strip()), GLOSS_TAGS)
    if not rendered.text.strip():
        raise MarkupError("There are no words here. Write some.")
    return rendered


def _deregister(parser: Markdown, processors: tuple[str, ...]) -> None:
    for name in processors:
        parser.parser.blockprocessors.deregister(name)


def _render(parser: Markdown, source: str, allowed: Allowed, rel: str | None = None) -> Rendered:
    try:
        html = clean(parser.convert(source), allowed, rel)
    except RecursionError:
        raise MarkupError("This is nested too deep to show. Use fewer levels.") from None
    text = text_of(html)
    limits.refuse_unshowable(text)
    return Rendered(html, text)
