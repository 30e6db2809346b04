"""One thing that a search found, as its page shows it."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations.models import Note, Quotation, Theme
from annotations.search import ExcerptPiece, Query
from essays.markup.tokens import text_of
from essays.models import Essay, Passage


@dataclass(frozen=True)
class Hit:
    """One thing that was found, its name and its words as HTML in which those asked for are lit."""

    thing: Essay | Note | Passage | Quotation | Theme
    name: SafeString
    words: SafeString

    @classmethod
    def of(cls, query: Query, thing, name: str, words: str) -> "Hit":
        return cls(thing, _html(query.light(name)), _html(query.excerpt(words)))

    @classmethod
    def of_passage(cls, query: Query, passage: Passage) -> "Hit":
        return cls.of(query, passage, "", passage.text)

    @classmethod
    def of_quotation(cls, query: Query, quotation: Quotation) -> "Hit":
        return cls.of(query, quotation, quotation.speaker, quotation.text)

    @classmethod
    def of_note(cls, query: Query, note: Note) -> "Hit":
        return cls.of(query, note, "", text_of(note.html))


def _html(pieces: list[ExcerptPiece]) -> SafeString:
    lit = ((format_html("<mark>{}</mark>", one.text) if one.lit else one.text,) for one in pieces)
    return format_html_join("", "{}", lit)
