"""Keep quotations and link phrases, which repeat words of a passage, equal to its text."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotations import anchoring
from annotations.models import GlossLink, Quotation
from annotations.revising.carry_anchors import OldText
from annotations.revising.plan import Plan


@dataclass(frozen=True)
class QuotedText:
    """A quotation or a gloss's link, with the name of the field that repeats a passage's words.

    `saved` is the id of its passage and the words, as in the database.
    """

    row: Quotation | GlossLink
    field: str
    saved: tuple[int, str]

    @property
    def words(self) -> str:
        return getattr(self.row, self.field)

    def save(self) -> None:
        if (self.row.passage_id, self.words) != self.saved:
            self.row.save(update_fields=["passage", self.field])


def quoted_from(old: OldText) -> Iterator[QuotedText]:
    """All quotations and link phrases from these passages, those of other essays too."""
    for quotation in Quotation.objects.filter(passage__in=old.index):
        yield QuotedText(quotation, "text", (quotation.passage_id, quotation.text))
    for link in GlossLink.objects.filter(passage__in=old.index).exclude(phrase=""):
        yield QuotedText(link, "phrase", (link.passage_id, link.phrase))


def quoted_record(name: str, quoted: QuotedText, old: OldText) -> anchoring.AnchorRecord | None:
    """The first place of the words in their passage; None if it does not have them."""
    index = old.index[quoted.row.passage_id]
    start = old.texts[index].find(quoted.words)
    if start < 0:
        return None
    return old.record(name, index, start, start + len(quoted.words))


def requote(quoted: QuotedText, outcome: anchoring.Outcome, plan: Plan, old: OldText) -> bool:
    """Take over the changed words; return False if no passage has them any more."""
    if outcome.passage is None:
        return False
    index = old.index[quoted.row.passage_id]
    was_whole = old.texts[index] == quoted.words
    passage = plan.new[outcome.passage]
    same = passage.pk == quoted.row.passage_id
    words = passage.text[outcome.start : outcome.end]
    quoted.row.passage = passage
    setattr(quoted.row, quoted.field, passage.text if was_whole and same else words)
    return True
