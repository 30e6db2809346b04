"""Where anchors and quoted words go in a change of the text."""

from dataclasses import dataclass

from annotations import anchoring
from annotations.models import Anchor, Note
from annotations.revising.carry_anchors import ANCHOR_MODELS, OldText, anchor_record, anchors_of
from annotations.revising.plan import Plan
from annotations.revising.quoted_text import QuotedText, quoted_from, quoted_record

# What the new place of an anchor depends on, and what editors may know of it.
READ = [
    *("pk", "passage_id", "start", "end", "state", "score", "candidates"),
    *("original_id", "original_start", "original_end"),
]
READ_OF_NOTES = ["audience", "deleted_at"]


@dataclass(frozen=True)
class Basis:
    """Texts before and after, and the anchors and quoted words as they are in the database."""

    old_texts: list[str]
    old_index: dict[int, int]
    new_texts: list[str]
    same: dict[int, int]
    rows: list[tuple]
    quoted: list[tuple]


@dataclass(frozen=True)
class Outcomes:
    """The anchors and quoted words of an essay by name, and the outcome of each that was searched.

    `basis` is all that they were computed from: they hold for every plan with an equal one.
    """

    basis: "Basis"
    anchors: dict[str, Anchor]
    quotes: dict[str, QuotedText]
    by_name: dict[str, anchoring.Outcome]

    def begin(self, plan: Plan) -> None:
        """Make the anchors and quotes what they are in the database, with the plan's passages.

        An earlier try to write the change may have moved them.
        """
        for anchor, row in zip(self.anchors.values(), self.basis.rows, strict=True):
            anchor.passage = plan.known[row[1]]
            anchor.start, anchor.end, anchor.state, anchor.score, anchor.candidates = row[2:7]
        for quoted in self.quotes.values():
            quoted.row.passage_id = quoted.saved[0]
            setattr(quoted.row, quoted.field, quoted.saved[1])


def compute(plan: Plan, *, lock: bool) -> Outcomes:
    """Takes seconds for ten thousand anchors. With `lock` nobody else can change them."""
    basis, old = basis_of(plan, lock=lock), OldText(plan)
    anchors = {f"anchor {n}": anchor for n, anchor in enumerate(anchors_of(plan))}
    quotes = {f"quote {n}": quoted for n, quoted in enumerate(quoted_from(old))}
    records = [anchor_record(name, anchor, old) for name, anchor in anchors.items()]
    records += [quoted_record(name, quoted, old) for name, quoted in quotes.items()]
    remapped = anchoring.remap(
        old.texts,
        [passage.text for passage in plan.new],
        [record for record in records if record is not None],
        same=plan.same,
    )
    return Outcomes(basis, anchors, quotes, {outcome.id: outcome for outcome in remapped})


def basis_of(plan: Plan, *, lock: bool) -> Basis:
    """With `lock` the anchors are locked, by ascending id."""
    old = OldText(plan)
    rows = []
    for model in ANCHOR_MODELS:
        anchors = model.objects.on(plan.essay).order_by("pk")
        if lock:
            anchors = anchors.select_for_update(of=("self",), no_key=True)
        rows += anchors.values_list(*READ, *(READ_OF_NOTES if model is Note else []))
    quoted = [(type(one.row), one.row.pk, one.saved) for one in quoted_from(old)]
    new_texts = [passage.text for passage in plan.new]
    return Basis(old.texts, old.index, new_texts, plan.same, rows, quoted)
