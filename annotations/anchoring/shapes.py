"""The inputs and outputs of anchoring. All offsets are Unicode code points."""

from dataclasses import dataclass
from enum import StrEnum


class AnchorState(StrEnum):
    """What an edit did to an anchor."""

    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Span:
    """Code points `start` to `end`, end exclusive; 0 to 0 is a whole passage."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A W3C TextQuoteSelector; an empty `exact` means a whole passage."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class AnchorRecord:
    """Words of the old text to find in the new one.

    `passage` is an index into the old passages and `span` the place of the words in it; None for
    words without a place, which only a search for their quote can find. `quote` has the words of
    the span as they are before this edit, `original` those that were quoted first, if others.
    """

    id: str
    passage: int
    span: Span | None
    quote: Quote
    original: Quote | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in the new text that resembles a quote; `score` runs from 0 to 1."""

    passage: int
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one anchor; an orphan has no place, but up to three candidates."""

    id: str
    state: AnchorState
    passage: int | None
    start: int | None
    end: int | None
    score: float
    candidates: tuple[Candidate, ...] = ()
