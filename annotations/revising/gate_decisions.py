"""Move anchors as an editor decided at the gate, after seeing what a change does to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.models import Anchor, Gloss
from annotations.revising.attach import attach
from annotations.revising.carry_anchors import PLACE
from annotations.revising.invalidation import bump_counters
from annotations.revising.reattach import ORIGINAL, put
from annotations.revising.report import Fate
from annotations.revising.revise import lock
from annotations.revising.write import write_anchors
from essays.models import Essay, Passage
from essays.transactions import writing


@dataclass(frozen=True)
class Decision:
    """A new place for an anchor, in code points.

    0 to 0 is the whole passage; without a passage the anchor becomes an orphan.
    """

    anchor: Anchor
    passage: Passage | None
    start: int = 0
    end: int = 0


@writing
def apply_decisions(essay: Essay, decisions: Sequence[Decision]) -> None:
    """Carry out all of the decisions, or none.

    A gloss also gets these words as its original. The original of a note is what its reader
    chose, so only its place changes. Raises RevisingError for words that are not there.
    """
    if not decisions:
        return
    essay = lock(essay)
    fates = [_apply(decision) for decision in decisions]
    fates.sort(key=lambda fate: type(fate.anchor).__name__)
    write_anchors(fates, None)
    bump_counters(essay)


def _apply(decision: Decision) -> Fate:
    anchor, passage = decision.anchor, decision.passage
    before = {
        "old_state": anchor.state,
        "old_passage": anchor.passage,
        "old_words": anchor.words,
    }
    if passage is None:
        _orphan(anchor)
    elif isinstance(anchor, Gloss):
        attach(anchor, passage, decision.start, decision.end)
        anchor.save(update_fields=[*PLACE, *ORIGINAL])
    else:
        put(anchor, passage, decision.start, decision.end)
    words = "" if passage is None else anchor.words
    return Fate(anchor=anchor, new_passage=anchor.passage, new_words=words, **before)


def _orphan(anchor: Anchor) -> None:
    anchor.start = anchor.end = None
    anchor.state, anchor.score = Anchor.State.ORPHANED, 0.0
