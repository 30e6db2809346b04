"""One result of a search."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations.models import Note, Quotation, Theme
from annotations.search import ExcerptPiece, Query
from essays.markup.tokens import text_of
from essays.models import Essay, Passage


@dataclass(frozen=True)
class Hit:
    """A result; `name` and `words` are HTML with the words of the query marked."""

    target: Essay | Note | Passage | Quotation | Theme
    name: SafeString
    words: SafeString

    @classmethod
    def of(cls, query: Query, target, name: str, words: str) -> "Hit":
        return cls(target, _html(query.light(name)), _html(query.excerpt(words)))

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
    marked = (
        (format_html("<mark>{}</mark>", piece.text) if piece.lit else piece.text,)
        for piece in pieces
    )
    return format_html_join("", "{}", marked)
