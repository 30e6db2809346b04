"""The places that a note whose words were removed may be about now."""

from collections.abc import Collection
from dataclasses import dataclass, field

from annotations.models import Note
from edition.pages.veil import Veil, veil_over
from essays.models import Passage


@dataclass(frozen=True)
class CandidatePlace:
    """Words that a note may be about: `start` to `end` in code points of the passage's text."""

    passage: Passage
    start: int
    end: int
    veil: Veil | None

    @property
    def words(self) -> str:
        return self.passage.text[self.start : self.end]


@dataclass
class CandidatePlaces:
    """The best first. `veiled` holds those behind a veil that does not hide the note itself."""

    free: list[CandidatePlace] = field(default_factory=list)
    veiled: list[CandidatePlace] = field(default_factory=list)

    @property
    def veil(self) -> Veil | None:
        return self.veiled[0].veil if self.veiled else None


def candidates_of(notes: Collection[Note]) -> dict[int, CandidatePlaces]:
    """The candidates of each note, by its id, in at most one query.

    The essays of the notes' passages must be loaded.
    """
    ids = {one["passage"] for note in notes for one in note.candidates}
    passages = Passage.objects.current().defer("html", "source").in_bulk(ids) if ids else {}
    candidates = {note.pk: CandidatePlaces() for note in notes}
    for note in notes:
        # A reader who sees a note behind a veil has opened that veil.
        is_open = veil_over(note.passage) is not None
        for one in note.candidates:
            if passage := passages.get(one["passage"]):
                passage.essay = note.passage.essay
                veil = None if is_open else veil_over(passage)
                candidate = CandidatePlace(passage, one["start"], one["end"], veil)
                places = candidates[note.pk]
                (places.veiled if veil else places.free).append(candidate)
    return candidates
