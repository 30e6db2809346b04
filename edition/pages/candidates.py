"""Where the words of lost notes may have gone."""

from collections.abc import Collection
from dataclasses import dataclass, field

from annotations.models import Note
from edition.pages.veil import Veil, veil_over
from essays.models import Passage


@dataclass(frozen=True)
class Candidate:
    """Words of today that a note may be about; code points of the passage's text."""

    passage: Passage
    start: int
    end: int
    veil: Veil | None

    @property
    def words(self) -> str:
        return self.passage.text[self.start : self.end]


@dataclass
class Candidates:
    """The best first, those behind a veil that the note itself is not behind apart."""

    free: list[Candidate] = field(default_factory=list)
    veiled: list[Candidate] = field(default_factory=list)

    @property
    def veil(self) -> Veil | None:
        return self.veiled[0].veil if self.veiled else None


def candidates_of(notes: Collection[Note]) -> dict[int, Candidates]:
    """By the ids of the notes, in one query if any has some. Reads their passages' essays."""
    named = {one["passage"] for note in notes for one in note.candidates}
    there = Passage.objects.current().defer("html", "source").in_bulk(named) if named else {}
    found = {note.pk: Candidates() for note in notes}
    for note in notes:
        # Whoever reads a note behind a veil has opened that veil.
        is_open = veil_over(note.passage) is not None
        for one in note.candidates:
            if passage := there.get(one["passage"]):
                passage.essay = note.passage.essay
                veil = None if is_open else veil_over(passage)
                candidate = Candidate(passage, one["start"], one["end"], veil)
                (found[note.pk].veiled if veil else found[note.pk].free).append(candidate)
    return found
