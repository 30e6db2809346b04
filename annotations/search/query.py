"""What someone looks for, and its words shown in a text that has them."""

from dataclasses import dataclass, replace

from annotations.text.stems import Word, phrases, words

EXCERPT = 320
LEAD = 80


@dataclass(frozen=True)
class ExcerptPiece:
    """A part of a text as results show it; `lit` if it is what was looked for."""

    text: str
    lit: bool = False


@dataclass(frozen=True)
class Query:
    """Runs of stems, all of which a text must have; `loose` lets the last word of a run go on."""

    runs: tuple[tuple[str, ...], ...]
    loose: bool = False

    @classmethod
    def of(cls, asked: str) -> "Query":
        return cls(phrases(asked))

    def loosely(self) -> "Query":
        """The same for words of which only the beginning was given."""
        return replace(self, loose=True)

    def light(self, text: str) -> list[ExcerptPiece]:
        """The whole text, cut into pieces."""
        return self._pieces(text, 0, len(text))

    def excerpt(self, text: str) -> list[ExcerptPiece]:
        """The part of a text that says most of what was looked for; its opening if none does."""
        if len(text) <= EXCERPT:
            return self.light(text)
        spans = self.spans(text)
        best = max(spans, key=lambda span: _within(spans, span[0]), default=(0, 0))
        start = _word_start(text, min(best[0] - LEAD, len(text) - EXCERPT))
        end = _word_end(text, start + EXCERPT)
        pieces = self._pieces(text, start, end)
        before = [ExcerptPiece("…")] if start > 0 else []
        return [*before, *pieces, *([ExcerptPiece("…")] if end < len(text) else [])]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the runs stand in a text, in order; one span where only space is between."""
        there = list(words(text))
        spans: list[tuple[int, int]] = []
        for place in range(len(there)):
            end = max((self._end(run, there, place) for run in self.runs), default=0)
            if not end:
                continue
            if spans and not text[spans[-1][1] : there[place].start].strip():
                spans[-1] = (spans[-1][0], max(spans[-1][1], end))
            else:
                spans.append((there[place].start, end))
        return spans

    def _end(self, run: tuple[str, ...], there: list[Word], place: int) -> int:
        """Where the run that begins at a word ends; 0 if it does not stand there."""
        stretch = there[place : place + len(run)]
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
    return sum(start <= span[0] and span[1] <= start + EXCERPT - LEAD for span in spans)


def _word_start(text: str, near: int) -> int:
    """The beginning of the first word at or after `near`; the text's if that is before it."""
    return 0 if near <= 0 else text.find(" ", near - 1, near + LEAD) + 1 or near


def _word_end(text: str, near: int) -> int:
    """The end of the last word that ends at or before `near`."""
    if near >= len(text):
        return len(text)
    space = text.rfind(" ", near - LEAD, near + 1)
    return near if space < 0 else space
