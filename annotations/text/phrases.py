"""Where a phrase occurs in the text of a passage. All offsets are Unicode code points."""

import re
from dataclasses import dataclass
from functools import cached_property

from annotations.anchoring.quoting import occurrences
from annotations.text.closest_phrase import plain, spelling_hint
from essays.errors import Refusal, shortened


class InvalidValue(Refusal):
    """A value in a file that cannot be used; `remedy` says how to mend it."""

    def __init__(self, message: str, remedy: str):
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True)
class Occurrences:
    """The places where `text` has `phrase`, which may overlap; none for an empty phrase."""

    text: str
    phrase: str

    @cached_property
    def starts(self) -> list[int]:
        return list(occurrences(self.phrase, self.text)) if self.phrase else []

    @property
    def count(self) -> int:
        return len(self.starts)

    def span(self, occurrence: int | None = None) -> tuple[int, int] | None:
        """The nth place, from 1, or the only one; None if there is no such place."""
        if occurrence is None and self.count != 1 or not 1 <= (occurrence or 1) <= self.count:
            return None
        start = self.starts[(occurrence or 1) - 1]
        return start, start + len(self.phrase)

    def number_at(self, start: int) -> int | None:
        """The number, from 1, of the place that starts there; None if it is the only place."""
        return self.starts.index(start) + 1 if self.count > 1 and start in self.starts else None

    @property
    def remedy(self) -> str:
        """What to do about a phrase that does not occur, as a sentence."""
        return spelling_hint(self.text, self.phrase) or "Copy them from it, quotes and dashes too."


def find_phrase(text: str, phrase: str, occurrence: int | None = None) -> int:
    """The start of the phrase that a file means. Raises InvalidValue unless it is clear."""
    places = Occurrences(text, phrase)
    if span := places.span(occurrence):
        return span[0]
    if not places.count:
        raise InvalidValue(
            f"“{shortened(phrase)}” is not in its passage.",
            spelling_hint(text, phrase)
            or "Copy the words from the passage, quotes and dashes too.",
        )
    if occurrence is None:
        raise InvalidValue(
            f"“{shortened(phrase)}” is in its passage {places.count} times.",
            f"Name more words, or add “occurrence:” with a number from 1 to {places.count}.",
        )
    raise InvalidValue(
        f"“{shortened(phrase)}” is not in its passage {occurrence} times.",
        f"Use an occurrence from 1 to {places.count}.",
    )


def find_typed(text: str, words: str) -> list[tuple[int, int]]:
    """The spans of typed words: as they are or, if nowhere, in any case, typography and spacing."""
    if spans := [match.span() for match in re.finditer(re.escape(words.strip()), text)]:
        return spans
    pattern = r"\s+".join(re.escape(plain(word)) for word in words.split())
    return [match.span() for match in re.finditer(pattern, plain(text))]
