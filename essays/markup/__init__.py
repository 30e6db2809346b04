"""Render Markdown to safe HTML and plain text."""

from essays.markup.errors import MarkupError
from essays.markup.rendering import (
    RENDER_VERSION,
    Rendered,
    render_gloss,
    render_note,
    render_page,
    render_passage,
)

__all__ = [
    "RENDER_VERSION",
    "MarkupError",
    "Rendered",
    "render_gloss",
    "render_note",
    "render_page",
    "render_passage",
]
