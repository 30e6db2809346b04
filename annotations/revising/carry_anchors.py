"""Move every anchor of an essay to its place in the changed text."""

from dataclasses import replace

from annotations import anchoring
from annotations.models import Anchor, Gloss, Note
from annotations.revising.plan import Plan
from annotations.revising.report import Fate
from annotations.text.phrases import Occurrences

ANCHOR_MODELS: tuple[type[Anchor], ...] = (Gloss, Note)
PLACE = ["passage", "start", "end", "state", "score", "candidates"]
CONTEXT_LENGTH = 32
ORPHANED = Anchor.State.ORPHANED


class OldText:
    """The passages before a change: their texts and, by id, their indexes."""

    def __init__(self, plan: Plan):
        self.texts = [before.text for before in plan.old]
        self.index = {before.passage.pk: place for place, before in enumerate(plan.old)}

    def record(self, name: str, index: int, start: int, end: int) -> anchoring.AnchorRecord:
        """The anchor record of words in passage `index`, with the text around them."""
        text = self.texts[index]
        quote = anchoring.Quote(
            text[start:end],
            text[max(0, start - CONTEXT_LENGTH) : start],
            text[end : end + CONTEXT_LENGTH],
        )
        return anchoring.AnchorRecord(name, index, anchoring.Span(start, end), quote)


def anchors_of(plan: Plan) -> list[Anchor]:
    """All anchors of the essay, each with its passage from `plan`."""
    unread = [f"original__{name}" for name in ("source", "html", "text")]
    anchors = []
    for model in ANCHOR_MODELS:
        anchors_of_model = model.objects.on(plan.essay).select_related("original").defer(*unread)
        for anchor in anchors_of_model.order_by("pk"):
            anchor.passage = plan.known[anchor.passage_id]
            anchors.append(anchor)
    return anchors


def anchor_record(name: str, anchor: Anchor, old: OldText) -> anchoring.AnchorRecord | None:
    """The anchor before the change; None for one on a whole passage, which needs no search."""
    if anchor.is_whole_passage:
        return None
    first = anchoring.Quote(anchor.exact, anchor.prefix, anchor.suffix)
    index = old.index.get(anchor.passage_id)
    if index is not None:
        place = (anchor.start, anchor.end)
        if anchor.start is None:
            place = _last_place(anchor, old.texts[index])
        if place:
            record = old.record(name, index, *place)
            return record if record.quote.exact == first.exact else replace(record, original=first)
    return anchoring.AnchorRecord(name, index or 0, None, first)


def _last_place(anchor: Anchor, text: str) -> tuple[int, int] | None:
    """The span that an orphan's words had, if its passage is back with the text of that time."""
    original = anchor.original
    if original.passage_id == anchor.passage_id and original.text == text:
        return anchor.original_start, anchor.original_end
    last = anchor.changes.first()
    return Occurrences(text, last.old_words).span() if last else None


def carry_anchor(
    anchor: Anchor, outcome: anchoring.Outcome | None, plan: Plan, old: OldText
) -> Fate | None:
    """Move `anchor` to its new place. Return None if nothing about it changed."""
    before = {name: getattr(anchor, name) for name in PLACE}
    old_words = anchor.exact
    if anchor.start is not None and not anchor.is_whole_passage:
        old_words = old.texts[old.index[anchor.passage_id]][anchor.start : anchor.end]
    if outcome is None:
        _follow_passage(anchor, plan)
    else:
        _move(anchor, outcome, plan)
    anchor.state = state_of(anchor)
    written = plan.writes(anchor.passage) or plan.writes(before["passage"])
    if not written and all(getattr(anchor, name) == before[name] for name in PLACE):
        return None
    return Fate(
        anchor=anchor,
        old_state=before["state"],
        old_passage=before["passage"],
        old_words=old_words,
        new_passage=anchor.passage,
        new_words="" if anchor.state == ORPHANED else anchor.words,
    )


def state_of(anchor: Anchor) -> str:
    """The state of an anchor compared with its original, however many edits ago that was."""
    if anchor.start is None:
        return ORPHANED
    if not anchor.is_whole_passage and anchor.words != anchor.exact:
        return Anchor.State.CHANGED
    if anchor.passage.pk != anchor.original.passage_id:
        return Anchor.State.MOVED
    return Anchor.State.KEPT


def _follow_passage(anchor: Anchor, plan: Plan) -> None:
    anchor.passage = plan.absorbed.get(anchor.passage, anchor.passage)
    is_current = anchor.passage.number is not None
    anchor.start = anchor.end = 0 if is_current else None
    anchor.score = 1.0 if is_current else 0.0


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
