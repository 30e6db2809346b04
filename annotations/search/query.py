"""A search query, and excerpts of texts with its words lit."""

from dataclasses import dataclass, replace

from annotations.text.stems import Word, phrases, words

EXCERPT_LENGTH = 320
CONTEXT_LENGTH = 80


@dataclass(frozen=True)
class ExcerptPiece:
    """A part of an excerpt; `lit` if it matches the query."""

    text: str
    lit: bool = False


@dataclass(frozen=True)
class Query:
    """Runs of stems that a text must all have; with `loose` the last of a run is a prefix."""

    runs: tuple[tuple[str, ...], ...]
    loose: bool = False

    @classmethod
    def of(cls, text: str) -> "Query":
        return cls(phrases(text))

    def loosely(self) -> "Query":
        """The same query, with prefixes for last words."""
        return replace(self, loose=True)

    def light(self, text: str) -> list[ExcerptPiece]:
        """The whole text, in pieces."""
        return self._pieces(text, 0, len(text))

    def excerpt(self, text: str) -> list[ExcerptPiece]:
        """The part of the text with most matches; its opening if there is none."""
        if len(text) <= EXCERPT_LENGTH:
            return self.light(text)
        spans = self.spans(text)
        best = max(spans, key=lambda span: _within(spans, span[0]), default=(0, 0))
        start = _word_start(text, min(best[0] - CONTEXT_LENGTH, len(text) - EXCERPT_LENGTH))
        end = _word_end(text, start + EXCERPT_LENGTH)
        pieces = self._pieces(text, start, end)
        before = [ExcerptPiece("…")] if start > 0 else []
        return [*before, *pieces, *([ExcerptPiece("…")] if end < len(text) else [])]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The spans of matches, in order and code points; joined if only space is between."""
        text_words = list(words(text))
        spans: list[tuple[int, int]] = []
        for place in range(len(text_words)):
            end = max((self._end(run, text_words, place) for run in self.runs), default=0)
            if not end:
                continue
            if spans and not text[spans[-1][1] : text_words[place].start].strip():
                spans[-1] = (spans[-1][0], max(spans[-1][1], end))
            else:
                spans.append((text_words[place].start, end))
        return spans

    def _end(self, run: tuple[str, ...], text_words: list[Word], place: int) -> int:
        """The end of a match that begins at this word; 0 if there is none."""
        stretch = text_words[place : place + len(run)]
        if len(stretch) < len(run) or any(
            word.stem != stem for word, stem in zip(stretch, run[:-1], strict=False)
        ):
            return 0
        last = stretch[-1].stem
        matches = last.startswith(run[-1]) if self.loose else last == run[-1]
        return stretch[-1].end if matches else 0

    def _pieces(self, text: str, start: int, end: int) -> list[ExcerptPiece]:
        pieces = []
        for lit_start, lit_end in self.spans(text):
            if lit_start < end and lit_end > start:
                pieces.append(ExcerptPiece(text[start : max(start, lit_start)]))
                pieces.append(
                    ExcerptPiece(text[max(start, lit_start) : min(end, lit_end)], lit=True)
                )
                start = min(end, lit_end)
        pieces.append(ExcerptPiece(text[start:end]))
        return [piece for piece in pieces if piece.text]


def _within(spans: list[tuple[int, int]], start: int) -> int:
    return sum(
        start <= span[0] and span[1] <= start + EXCERPT_LENGTH - CONTEXT_LENGTH for span in spans
    )


def _word_start(text: str, near: int) -> int:
    """The start of the first word at or after `near`, which may be negative."""
    return 0 if near <= 0 else text.find(" ", near - 1, near + CONTEXT_LENGTH) + 1 or near


def _word_end(text: str, near: int) -> int:
    """The end of the last word that ends at or before `near`, which may be past the end."""
    if near >= len(text):
        return len(text)
    space = text.rfind(" ", near - CONTEXT_LENGTH, near + 1)
    return near if space < 0 else space
