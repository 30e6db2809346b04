"""Move one anchor to other words, without a change of the text."""

from annotations.anchoring.searching import likeness
from annotations.models import Anchor
from annotations.revising.attach import attach
from annotations.revising.carry_anchors import PLACE, state_of
from annotations.revising.errors import RevisingError
from annotations.revising.invalidation import bump_counters
from annotations.revising.report import Fate
from annotations.revising.revise import check_versions, lock
from annotations.revising.write import write_anchors
from essays.models import Passage
from essays.transactions import lock as lock_rows
from essays.transactions import writing

ORIGINAL = ["original", "original_start", "original_end", "exact", "prefix", "suffix"]


@writing
def reattach(
    anchor: Anchor, passage: Passage, start: int, end: int, *, expect: int | None = None
) -> None:
    """Make these words the anchor's new original; 0 to 0 is the whole passage.

    `expect` is the version in which the words were chosen. Raises StaleEdit or RevisingError.
    """
    passage = _lock_passage(anchor, passage, expect)
    old = _lock_place(anchor)
    attach(anchor, passage, start, end)
    anchor.save(update_fields=[*PLACE, *ORIGINAL])
    _write(anchor, old)


@writing
def confirm(
    anchor: Anchor, passage: Passage, start: int, end: int, *, expect: int | None = None
) -> None:
    """Set where the words of a lost anchor are today, and keep its original.

    `start` and `end` are code points; 0 to 0 is for anchors on a whole passage, and only for them.
    Raises StaleEdit, or RevisingError, also for an anchor that is not lost.
    """
    passage = _lock_passage(anchor, passage, expect)
    old = _lock_place(anchor)
    if anchor.state != Anchor.State.ORPHANED:
        raise RevisingError("These words have a place again: somebody else gave them one.")
    put(anchor, passage, start, end)
    anchor.save(update_fields=PLACE)
    _write(anchor, old)


def put(anchor: Anchor, passage: Passage, start: int, end: int) -> None:
    """Set where the words of an anchor are today, and keep its original. Does not save.

    Raises RevisingError for words that are not there.
    """
    if passage.number is None:
        raise RevisingError("This passage is not in the essay today. Choose words that are.")
    whole = (start, end) == (0, 0)
    if whole != anchor.is_whole_passage or not (whole or 0 <= start < end <= len(passage.text)):
        raise RevisingError("There are no such words in this passage. Choose others.")
    anchor.passage, anchor.start, anchor.end = passage, start, end
    anchor.state, anchor.candidates = state_of(anchor), []
    anchor.score = likeness(anchor.exact, anchor.words) if anchor.exact else 1.0


def _lock_passage(anchor: Anchor, passage: Passage, expect: int | None) -> Passage:
    """Lock the essay and read the passage anew. Raises StaleEdit or RevisingError."""
    essay = lock(passage.essay)
    if expect is not None:
        check_versions(essay, {passage.key: expect})
    if anchor.essay_id != essay.pk:
        raise RevisingError("These words are in another essay. Choose some in the same one.")
    return essay.passages.get(pk=passage.pk)


def _lock_place(anchor: Anchor) -> dict:
    """Lock the anchor and read it anew: its place, and who may see it, may have changed.

    Raises RevisingError if it is gone.
    """
    locked = lock_rows(type(anchor).objects.filter(pk=anchor.pk))
    if not locked or getattr(locked[0], "deleted_at", None):
        raise RevisingError("It was deleted meanwhile, so nothing is left to place.")
    for field in anchor._meta.concrete_fields:
        setattr(anchor, field.attname, getattr(locked[0], field.attname))
    return {
        "old_state": anchor.state,
        "old_passage": anchor.passage,
        "old_words": anchor.words,
    }


def _write(anchor: Anchor, old: dict) -> None:
    fate = Fate(anchor=anchor, new_passage=anchor.passage, new_words=anchor.words, **old)
    write_anchors([fate], None)
    if anchor.is_visible_to_others:
        bump_counters(anchor.passage.essay)
