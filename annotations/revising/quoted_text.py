"""Quotations and links that name words of a passage by saying them: keep them saying the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotations import anchoring
from annotations.models import GlossLink, Quotation
from annotations.revising.carry_anchors import OldText
from annotations.revising.plan import Plan


@dataclass(frozen=True)
class Printed:
    """A quotation, or a gloss's link, with the name of the field that holds the words.

    `was` is the id of its passage and its words before.
    """

    thing: Quotation | GlossLink
    field: str
    was: tuple[int, str]

    @property
    def words(self) -> str:
        return getattr(self.thing, self.field)

    def save(self) -> None:
        if (self.thing.passage_id, self.words) != self.was:
            self.thing.save(update_fields=["passage", self.field])


def printed_in(old: OldText) -> Iterator[Printed]:
    """Every quotation and phrase that passages print, across essays."""
    for quotation in Quotation.objects.filter(passage__in=old.index):
        yield Printed(quotation, "text", (quotation.passage_id, quotation.text))
    for link in GlossLink.objects.filter(passage__in=old.index).exclude(phrase=""):
        yield Printed(link, "phrase", (link.passage_id, link.phrase))


def given_words(name: str, printed: Printed, old: OldText) -> anchoring.Anchor | None:
    """The words where they are first printed; None if their passage does not say them."""
    index = old.index[printed.thing.passage_id]
    start = old.texts[index].find(printed.words)
    if start < 0:
        return None
    return old.given(name, index, start, start + len(printed.words))


def reprint(printed: Printed, outcome: anchoring.Outcome, plan: Plan, old: OldText) -> bool:
    """Let it say what its passage says now; False if no passage says it any more."""
    if outcome.passage is None:
        return False
    index = old.index[printed.thing.passage_id]
    was_whole = old.texts[index] == printed.words
    passage = plan.new[outcome.passage]
    same = passage.pk == printed.thing.passage_id
    words = passage.text[outcome.start : outcome.end]
    printed.thing.passage = passage
    setattr(printed.thing, printed.field, passage.text if was_whole and same else words)
    return True
