"""Carry every anchor of an essay through a change of its text."""

from annotations import anchoring
from annotations.models import Anchor, Gloss, Note
from annotations.revising.plan import Plan
from annotations.revising.report import Fate
from annotations.text.phrases import Occurrences

KINDS: tuple[type[Anchor], ...] = (Gloss, Note)
PLACE = ["passage", "start", "end", "state", "score", "candidates"]
CONTEXT = 32
ORPHANED = Anchor.State.ORPHANED


class OldText:
    """The passages before a change, as anchoring takes them."""

    def __init__(self, plan: Plan):
        self.texts = [before.text for before in plan.old]
        self.index = {before.passage.pk: place for place, before in enumerate(plan.old)}

    def given(self, name: str, index: int, start: int, end: int) -> anchoring.Anchor:
        """Words that stand in passage `index`, with what surrounds them."""
        text = self.texts[index]
        quote = anchoring.Quote(
            text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        )
        return anchoring.Anchor(name, index, anchoring.Span(start, end), quote)


def anchors_of(plan: Plan, *, lock: bool) -> list[Anchor]:
    """All anchors of the essay, each with the passage of `plan` that it is on.

    Locked, none of them can be deleted or put elsewhere until the transaction ends.
    """
    unread = [f"original__{name}" for name in ("source", "html", "text")]
    anchors = []
    for kind in KINDS:
        found = kind.objects.on(plan.essay).select_related("original").defer(*unread)
        for anchor in found.select_for_update(of=("self",)) if lock else found:
            anchor.passage = plan.known[anchor.passage_id]
            anchors.append(anchor)
    return anchors


def given_anchor(name: str, anchor: Anchor, old: OldText) -> anchoring.Anchor | None:
    """The anchor as it stands; None for one on a whole passage, which needs no search."""
    if anchor.is_whole_passage:
        return None
    index = old.index.get(anchor.passage_id)
    if index is not None:
        if anchor.start is not None:
            return old.given(name, index, anchor.start, anchor.end)
        if last := _last_place(anchor, old.texts[index]):
            return old.given(name, index, *last)
    quote = anchoring.Quote(anchor.exact, anchor.prefix, anchor.suffix)
    return anchoring.Anchor(name, index or 0, None, quote)


def _last_place(anchor: Anchor, text: str) -> tuple[int, int] | None:
    """Where the words of an orphan stood in a passage that is back and says what it said."""
    written_on = anchor.original
    if written_on.passage_id == anchor.passage_id and written_on.text == text:
        return anchor.original_start, anchor.original_end
    last = anchor.changes.first()
    return Occurrences(text, last.old_words).span() if last else None


def carry(
    anchor: Anchor, outcome: anchoring.Outcome | None, plan: Plan, old: OldText
) -> Fate | None:
    """Put `anchor` where its words stand now; None if it is where and what it was."""
    was = {name: getattr(anchor, name) for name in PLACE}
    old_words = anchor.exact
    if anchor.start is not None and not anchor.is_whole_passage:
        old_words = old.texts[old.index[anchor.passage_id]][anchor.start : anchor.end]
    if outcome is None:
        _follow_passage(anchor, plan)
    else:
        _move(anchor, outcome, plan)
    anchor.state = state_of(anchor)
    written = plan.writes(anchor.passage) or plan.writes(was["passage"])
    if not written and all(getattr(anchor, name) == was[name] for name in PLACE):
        return None
    return Fate(
        anchor=anchor,
        old_state=was["state"],
        old_passage=was["passage"],
        old_words=old_words,
        new_passage=anchor.passage,
        new_words="" if anchor.state == ORPHANED else anchor.words,
    )


def state_of(anchor: Anchor) -> str:
    """Compare where an anchor stands with its original, however many edits ago that was."""
    if anchor.start is None:
        return ORPHANED
    if not anchor.is_whole_passage and anchor.words != anchor.exact:
        return Anchor.State.CHANGED
    if anchor.passage.pk != anchor.original.passage_id:
        return Anchor.State.MOVED
    return Anchor.State.KEPT


def _follow_passage(anchor: Anchor, plan: Plan) -> None:
    anchor.passage = plan.absorbed.get(anchor.passage, anchor.passage)
    stands = anchor.passage.number is not None
    anchor.start = anchor.end = 0 if stands else None
    anchor.score = 1.0 if stands else 0.0


def _move(anchor: Anchor, outcome: anchoring.Outcome, plan: Plan) -> None:
    anchor.start, anchor.end = outcome.start, outcome.end
    anchor.score = outcome.score
    anchor.candidates = [
        {
            "passage": plan.new[one.passage].pk,
            "start": one.start,
            "end": one.end,
            "score": one.score,
        }
        for one in outcome.candidates
    ]
    if outcome.passage is not None:
        anchor.passage = plan.new[outcome.passage]
    else:
        anchor.passage = plan.absorbed.get(anchor.passage, anchor.passage)
