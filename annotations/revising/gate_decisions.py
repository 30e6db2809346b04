"""Put anchors where an editor says, once a change of text has been shown to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from annotations.models import Anchor, Gloss
from annotations.revising.attach import attach
from annotations.revising.carry_anchors import PLACE
from annotations.revising.invalidation import bump_counters
from annotations.revising.reattach import ORIGINAL, put
from annotations.revising.report import Fate
from annotations.revising.revise import lock
from annotations.revising.write import write_anchors
from essays.models import Essay, Passage


@dataclass(frozen=True)
class Decision:
    """Words of `passage` for an anchor, 0 to 0 for all of it; no passage if its words are lost."""

    anchor: Anchor
    passage: Passage | None
    start: int = 0
    end: int = 0


def settle(essay: Essay, decisions: Sequence[Decision]) -> None:
    """Carry decisions out, all or none.

    A gloss is about the words from now on. A reader's note stays about what its reader chose:
    only its place of today is set. Raises RevisingError for words that are not there.
    """
    if not decisions:
        return
    with transaction.atomic():
        essay = lock(essay)
        fates = [_settled(decision) for decision in decisions]
        fates.sort(key=lambda fate: type(fate.anchor).__name__)
        write_anchors(fates, None)
        bump_counters(essay)


def _settled(decision: Decision) -> Fate:
    anchor, passage = decision.anchor, decision.passage
    was = {
        "old_state": anchor.state,
        "old_passage": anchor.passage,
        "old_words": anchor.words,
    }
    if passage is None:
        _let_go(anchor)
    elif isinstance(anchor, Gloss):
        attach(anchor, passage, decision.start, decision.end)
        anchor.save(update_fields=[*PLACE, *ORIGINAL])
    else:
        put(anchor, passage, decision.start, decision.end)
    words = "" if passage is None else anchor.words
    return Fate(anchor=anchor, new_passage=anchor.passage, new_words=words, **was)


def _let_go(anchor: Anchor) -> None:
    anchor.start = anchor.end = None
    anchor.state, anchor.score = Anchor.State.ORPHANED, 0.0
