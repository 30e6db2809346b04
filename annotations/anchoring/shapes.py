"""What goes into anchoring and what comes out. All offsets are Unicode code points."""

from dataclasses import dataclass
from enum import StrEnum


class AnchorState(StrEnum):
    """How an anchor came through an edit."""

    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Span:
    """Code points `start` up to, not including, `end`; 0 to 0 is a whole passage."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A W3C TextQuoteSelector; with nothing in `exact` it means a whole passage."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class AnchorRecord:
    """Words of the old text to be found in the new.

    `passage` is an index into the old passages and `span` the place the words have there;
    without a span they had none, and only their quote can be looked for.
    """

    id: str
    passage: int
    span: Span | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in the new text that resembles a quote; `score` runs from 0 to 1."""

    passage: int
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one anchor; an orphan has no place, but up to three candidates."""

    id: str
    state: AnchorState
    passage: int | None
    start: int | None
    end: int | None
    score: float
    candidates: tuple[Candidate, ...] = ()
