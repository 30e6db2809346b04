"""Find the words that a reader chose in the current text of a passage."""

from dataclasses import dataclass

from annotations import anchoring
from annotations.anchoring import Span
from annotations.text.phrases import find_typed
from essays.errors import Refusal
from essays.models import Passage

WHOLE = Span(0, 0)


class NotPlaced(Refusal):
    """The words occur nowhere in the passage, or in several places."""


@dataclass(frozen=True)
class Selection:
    """Words selected in `version` of a passage; `start`, in code points, is only a hint."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    version: int | None = None


def check_current(passage: Passage) -> None:
    if passage.number is None:
        raise NotPlaced(
            "This passage was taken out of the essay meanwhile. Your words are still here: "
            "copy them, and write them beside another passage."
        )


def place(passage: Passage, selection: Selection) -> Span:
    """The span of exactly these words in the current text. Raises NotPlaced."""
    check_current(passage)
    text, exact = passage.text, selection.exact
    if not exact:
        return WHOLE
    if not exact.strip():
        raise NotPlaced("There are no words in what you chose. Choose some.")
    if exact not in text:
        raise NotPlaced(
            "The text has changed since you chose these words. Your note is still here: choose "
            "words from today’s text."
        )
    # In another version the offset cannot tell which of several equal places is meant.
    hint = selection.start if selection.version in (None, passage.version) else None
    quote = anchoring.Quote(exact, selection.prefix, selection.suffix)
    span = anchoring.locate(quote, text, hint)
    if span is None or text[span.start : span.end] != exact:
        raise NotPlaced(
            "These words stand in this passage more than once, and it is not clear which are "
            "meant. Choose a few more words with them."
        )
    return span


def place_typed(passage: Passage, words: str) -> Span:
    """The span of typed words, whatever their case, quotes and spaces. Raises NotPlaced."""
    check_current(passage)
    if not words.split():
        raise NotPlaced("Type the words that you mean, or choose a sentence.")
    spans = find_typed(passage.text, words)
    if not spans:
        raise NotPlaced(
            "These words are not in this passage. Type them as they stand there, or choose a "
            "sentence."
        )
    if len(spans) > 1:
        raise NotPlaced(
            f"These words stand here {len(spans)} times. Type a few more from before or after them."
        )
    return Span(*spans[0])


def place_sentence(passage: Passage, start: int, end: int, version: int | None) -> Span:
    """The span, in the current text, of a sentence of `version`. Raises NotPlaced."""
    check_current(passage)
    seen_text = passage.text
    if version not in (None, passage.version):
        old = passage.versions.filter(version=version).first()
        seen_text = old.text if old else ""
    if not 0 <= start < end <= len(seen_text):
        raise NotPlaced("There is no such sentence in this passage. Choose another.")
    quote = anchoring.describe(seen_text, Span(start, end))
    return place(passage, Selection(quote.exact, quote.prefix, quote.suffix, start, version))
