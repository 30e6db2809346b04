"""Put one anchor on other words, outside any change of the text."""

from django.db import transaction

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

ORIGINAL = ["original", "original_start", "original_end", "exact", "prefix", "suffix"]


def reattach(
    anchor: Anchor, passage: Passage, start: int, end: int, *, expect: int | None = None
) -> None:
    """Let the anchor be about these words from now on; 0 to 0 is the whole passage.

    `expect` is the version in which the words were chosen. Raises StaleEdit or RevisingError.
    """
    with transaction.atomic():
        passage = _chosen(anchor, passage, expect)
        old = _as_it_stands(anchor)
        attach(anchor, passage, start, end)
        anchor.save(update_fields=[*PLACE, *ORIGINAL])
        _write(anchor, old)


def confirm(
    anchor: Anchor, passage: Passage, start: int, end: int, *, expect: int | None = None
) -> None:
    """Say where the words of a lost anchor stand today; its original stays as it was written.

    `start` and `end` are code points; an anchor on a whole passage takes 0 and 0, and no other
    does. Raises StaleEdit, or RevisingError also for an anchor that has a place.
    """
    with transaction.atomic():
        passage = _chosen(anchor, passage, expect)
        old = _as_it_stands(anchor)
        if anchor.state != Anchor.State.ORPHANED:
            raise RevisingError("These words have a place again: somebody else gave them one.")
        put(anchor, passage, start, end)
        anchor.save(update_fields=PLACE)
        _write(anchor, old)


def put(anchor: Anchor, passage: Passage, start: int, end: int) -> None:
    """Set where the words of an anchor stand today, and leave its original. Saves nothing.

    Raises RevisingError as `confirm` does for words that are not there.
    """
    if passage.number is None:
        raise RevisingError("This passage is not in the essay today. Choose words that are.")
    whole = (start, end) == (0, 0)
    if whole != anchor.is_whole_passage or not (whole or 0 <= start < end <= len(passage.text)):
        raise RevisingError("There are no such words in this passage. Choose others.")
    anchor.passage, anchor.start, anchor.end = passage, start, end
    anchor.state, anchor.candidates = state_of(anchor), []
    anchor.score = likeness(anchor.exact, anchor.words) if anchor.exact else 1.0


def _chosen(anchor: Anchor, passage: Passage, expect: int | None) -> Passage:
    """The passage as it is, in its essay, which nobody else can change from now on."""
    essay = lock(passage.essay)
    if expect is not None:
        check_versions(essay, {passage.key: expect})
    if anchor.essay_id != essay.pk:
        raise RevisingError("These words are in another essay. Choose some in the same one.")
    return essay.passages.get(pk=passage.pk)


def _as_it_stands(anchor: Anchor) -> dict:
    """Read the anchor's places anew, since a change of the text may have put it elsewhere."""
    anchor.refresh_from_db(fields=[*PLACE, *ORIGINAL])
    return {
        "old_state": anchor.state,
        "old_passage": anchor.passage,
        "old_words": anchor.words,
    }


def _write(anchor: Anchor, old: dict) -> None:
    fate = Fate(anchor=anchor, new_passage=anchor.passage, new_words=anchor.words, **old)
    write_anchors([fate], None)
    bump_counters(anchor.passage.essay)
